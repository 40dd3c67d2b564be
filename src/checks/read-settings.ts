import { UserError } from '../errors';
import { fluxReleases, isFluxRelease } from '../flux/releases';
import { isMapping, type Data, type Step } from '../model/fields';
import { LineFinder } from '../model/line-finder';
import { nearestTo } from '../nearest';
import type { Tree } from '../tree/tree';
import { NO_SETTINGS, type CheckSettings, type IgnoredFinding } from './check-settings';

/** Where a project says how it is checked, at the tree's root. */
export const SETTINGS_FILE = 'fluxwright.yaml';

/**
 * What the tree says about its checks, under `checks:` of its settings file.
 * @param ruleIds the rules that there are
 * @throws UserError `settings-invalid`, `yaml-invalid`: every mistake at once, each with its line
 */
export function readSettings(tree: Tree, ruleIds: readonly string[]): CheckSettings {
  const file = tree.get(SETTINGS_FILE);
  if (file?.type !== 'manifests') {
    if (tree.has('fluxwright.yml')) throw new UserError('settings-invalid', 'fluxwright.yml is read by nothing', `rename it to ${SETTINGS_FILE}`);
    return NO_SETTINGS;
  }
  const { documents } = file;
  const reader = new SettingsReader(new LineFinder(tree), ruleIds);
  if (documents.length > 1) reader.refuse([], `it holds ${documents.length} documents`, 'keep one');
  const settings = reader.checks(reader.mapping(documents[0]?.object ?? {}, [], ['checks'])['checks']);
  if (reader.problems.length > 0) throw UserError.all(reader.problems.sort((a, b) => a.line - b.line).map(({ error }) => error));
  return settings;
}

/** Reads settings field by field, and goes on after a mistake. */
class SettingsReader {
  readonly problems: { readonly line: number; readonly error: UserError }[] = [];

  constructor(private readonly lines: LineFinder, private readonly ruleIds: readonly string[]) {}

  checks(value: unknown): CheckSettings {
    const data = this.mapping(value ?? {}, ['checks'], ['ignore', 'exclude', 'outsiders', 'kubernetes', 'flux']);
    return {
      ignore: this.list(data, ['checks', 'ignore']).flatMap((item, index) => this.ignored(item, ['checks', 'ignore', index])),
      outsiders: this.list(data, ['checks', 'outsiders']).flatMap((item, index) => this.outsider(item, ['checks', 'outsiders', index])),
      kubernetes: this.kubernetes(this.version(data['kubernetes'], ['checks', 'kubernetes'])),
      flux: this.flux(this.version(data['flux'], ['checks', 'flux'])),
      exclude: this.list(data, ['checks', 'exclude']).flatMap((item, index) => this.text(item, ['checks', 'exclude', index]) ?? []),
    };
  }

  /** A mapping with no other keys than these; an empty one for anything else. */
  mapping(value: unknown, path: readonly Step[], known: readonly string[]): Data {
    if (!isMapping(value)) {
      this.refuse(path, `${nameOf(path)} is ${describe(value)}, not a mapping`, `write ${known.slice(0, 2).map((key) => `"${key}: …"`).join(' or ')} under it`);
      return {};
    }
    for (const key of Object.keys(value)) {
      if (known.includes(key)) continue;
      const nearest = nearestTo(key, known);
      this.refuse([...path, key], `${path.length === 0 ? SETTINGS_FILE : nameOf(path)} knows no ${JSON.stringify(key)}`, nearest === undefined ? `write one of ${known.join(', ')}` : `write "${nearest}"`);
    }
    return value;
  }

  refuse(path: readonly Step[], problem: string, fix: string): void {
    const line = this.lines.lineOf(SETTINGS_FILE, 0, path);
    this.problems.push({ line, error: new UserError('settings-invalid', `${SETTINGS_FILE}:${line}: ${problem}`, fix) });
  }

  private ignored(value: unknown, path: readonly Step[]): IgnoredFinding[] {
    const before = this.problems.length;
    const data = this.mapping(value, path, ['rule', 'reason', 'path', 'object']);
    if (this.problems.length > before && !isMapping(value)) return [];
    const field = (name: string): string | undefined => (data[name] === undefined ? undefined : this.text(data[name], [...path, name]));
    const entry = { rule: field('rule'), reason: field('reason'), path: field('path'), object: field('object') };
    const called = entry.rule === undefined ? nameOf(path) : `${nameOf(path)} (${entry.rule})`;
    if (data['rule'] === undefined) this.refuse(path, `${called} names no rule`, 'add "rule:" with the id that the finding ends with');
    else if (entry.rule !== undefined) this.rule(entry.rule, [...path, 'rule']);
    if (data['reason'] === undefined) this.refuse(path, `${called} has no reason`, 'add "reason:" and say why the finding is right as it is');
    if (entry.object !== undefined && !OBJECT.test(entry.object)) this.refuse([...path, 'object'], `${called} has the object ${JSON.stringify(entry.object)}`, 'write "Kind/name" or "Kind/namespace/name"');
    return this.problems.length > before ? [] : [{ rule: entry.rule!, reason: entry.reason!, path: entry.path, object: entry.object }];
  }

  private rule(id: string, path: readonly Step[]): void {
    if (this.ruleIds.includes(id)) return;
    const nearest = nearestTo(id, this.ruleIds);
    this.refuse(path, `there is no rule ${JSON.stringify(id)}`, nearest === undefined ? 'write one that "fluxwright explain" lists' : `write "${nearest}"`);
  }

  private outsider(value: unknown, path: readonly Step[]): string[] {
    const pattern = this.text(value, path);
    if (pattern !== undefined && !OBJECT.test(pattern)) this.refuse(path, `${nameOf(path)} is ${JSON.stringify(pattern)}`, 'write "Kind/name" or "Kind/namespace/name", such as "Secret/flux-system/sops-age"');
    return pattern === undefined ? [] : [pattern];
  }

  private kubernetes(text: string | undefined): string | undefined {
    const minor = text === undefined ? undefined : /^v?(1\.\d{1,3})(\.\d+)?$/.exec(text)?.[1];
    if (text !== undefined && minor === undefined) this.refuse(['checks', 'kubernetes'], `checks.kubernetes is ${JSON.stringify(text)}`, 'write a minor version, such as "1.34"');
    return minor;
  }

  private flux(text: string | undefined): string | undefined {
    const minor = text === undefined ? undefined : /^v?(2\.\d{1,3})(\.\d+)?$/.exec(text)?.[1];
    if (text === undefined || (minor !== undefined && isFluxRelease(minor))) return minor;
    this.refuse(['checks', 'flux'], `checks.flux is ${JSON.stringify(text)}`, `write one of "${fluxReleases[0]}" to "${fluxReleases.at(-1)!}"`);
    return undefined;
  }

  /** A version as text: as a number, 1.30 is 1.3. */
  private version(value: unknown, path: readonly Step[]): string | undefined {
    if (typeof value !== 'number') return value === undefined || value === null ? undefined : this.text(value, path);
    this.refuse(path, `${nameOf(path)} is the number ${value}`, 'put the version in quotes: as a number, 1.30 is 1.3');
    return undefined;
  }

  private list(data: Data, path: readonly Step[]): readonly unknown[] {
    const value = data[path.at(-1)!] ?? [];
    if (Array.isArray(value)) return value;
    this.refuse(path, `${nameOf(path)} is ${describe(value)}, not a list`, 'write each entry on a line of its own, behind "- "');
    return [];
  }

  private text(value: unknown, path: readonly Step[]): string | undefined {
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    this.refuse(path, `${nameOf(path)} is ${describe(value)}, not a text`, 'write a text, in quotes if it looks like something else');
    return undefined;
  }
}

/** `Kind/name` or `Kind/namespace/name`, where a `*` stands for anything. */
const OBJECT = /^[A-Za-z*][A-Za-z0-9*]*(\/[^\s/]+){1,2}$/;

function nameOf(path: readonly Step[]): string {
  if (path.length === 0) return SETTINGS_FILE;
  return path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('').slice(1);
}

function describe(value: unknown): string {
  if (value === null || value === '') return 'empty';
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'a mapping';
  const text = JSON.stringify(value) ?? typeof value;
  return `${typeof value === 'string' ? 'the text' : `the ${typeof value}`} ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`;
}
