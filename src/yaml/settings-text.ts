import { isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type YAMLMap } from 'yaml';
import { UserError } from '../errors';
import { nearestTo } from '../nearest';
import { visible } from '../visible';

/** A file of settings that people write: what is wrong with it is gathered, each with its line, and told at once. */
export class SettingsText {
  readonly contents: Document.Parsed['contents'];
  private readonly lines = new LineCounter();
  private readonly errors: UserError[] = [];

  /** @throws UserError `settings-invalid` for what is no YAML */
  constructor(private readonly path: string, text: string) {
    const { contents, errors: [broken] } = parseDocument(text, { lineCounter: this.lines });
    if (broken !== undefined) throw new UserError('settings-invalid', `${path}:${this.lines.linePos(broken.pos[0]).line} is no YAML: ${broken.message.split('\n')[0]!.replace(/ at line .*/, '')}`, 'mend this line');
    this.contents = contents;
  }

  /** Notes what is wrong with a node. */
  wrong(node: unknown, problem: string, fix: string): undefined {
    const offset = (node as { range?: readonly number[] } | null | undefined)?.range?.[0] ?? 0;
    this.errors.push(new UserError('settings-invalid', `${this.path}:${this.lines.linePos(offset).line} ${problem}`, fix));
    return undefined;
  }

  /** Notes the keys that nobody reads. */
  known(map: YAMLMap, keys: readonly string[]): void {
    for (const { key } of map.items) {
      const name = String(isScalar(key) ? key.value : key);
      if (keys.includes(name)) continue;
      const near = nearestTo(name, keys);
      this.wrong(key, `has ${JSON.stringify(visible(name))}, which nobody reads`, near === undefined ? `use ${keys.join(', ')}` : `write "${near}"`);
    }
  }

  /** The items of a list; none where there is nothing, or something else. */
  items(map: YAMLMap | undefined, key: string): Node[] {
    const node: unknown = map?.get(key, true);
    if (isNothing(node)) return [];
    if (isSeq(node)) return node.items as Node[];
    this.wrong(node, `has "${key}", which is no list`, 'write a list');
    return [];
  }

  /** @throws UserError `settings-invalid` for everything that is wrong */
  throwWrong(): void {
    if (this.errors.length > 0) throw UserError.all(this.errors);
  }
}

export function isNothing(node: unknown): boolean {
  return node === undefined || node === null || (isScalar(node) && node.value === null);
}
