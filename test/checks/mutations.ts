import { checkTree } from '../../src/checks/check-tree';
import { rules } from '../../src/checks';
import { readSettings } from '../../src/checks/read-settings';
import { UserError } from '../../src/errors';
import { isManifestName } from '../../src/tree/disk';
import { ManifestFile, OpaqueFile, type File } from '../../src/tree/file';
import { Tree } from '../../src/tree/tree';

/** Numbers that look random and are the same each time. */
export class Dice {
  constructor(private state: number) {}

  /** From 0 to below `sides`. */
  roll(sides: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * sides);
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.roll(items.length)]!;
  }
}

/** What somebody, or a broken disk, might put where something else belongs. */
const VALUES: readonly string[] = [
  'null', '~', '""', 'true', '0', '-1', '1e400', '.nan', '.inf', '2024-01-01', '[]', '{}', '[null]', '[[]]', '[{}]', '{a: {b: {c: d}}}', '{"": ""}', '"${A}"', '${A:=${B}}', '"${"', '{{ .Values.x }}',
  '../../..', '/', '.', './.', 'constructor', '__proto__', '{__proto__: {a: 1}}', '{constructor: null, toString: 1}', '"\\u0000"', '"\\ud800"', '"*"', '"("', '"[a-"', '"(a+)+$"', '💥', '!!binary aGk=', '!custom x',
  '|\n        text\n', '&a [*a]', '*missing', '<<', '"0 0 31 2 *"', '"99999999999999999999Gi"', '[1, two, {three: 3}, null]',
  '123456789012345678901234567890', '1e99999', '-0', '0x10000000000000000', '1_000', '9007199254740993', '12:30:45', '!!set {a, b}', '!!int x', '!!float []', '? a', '"\\x00"', "'\t'", '@a', '`', '%a', '{a, b, a}', '{? : }', '[,]', '- - - a', '>2-', '|9', '${A', '$$$${A}',
];

/** One file, mutated in one of many ways. */
export function mutate(bytes: Buffer, dice: Dice): Buffer {
  const text = bytes.toString('utf8');
  const lines = text.split('\n');
  const at = dice.roll(lines.length);
  const line = lines[at]!;
  const replaced = (...by: readonly string[]): Buffer => Buffer.from([...lines.slice(0, at), ...by, ...lines.slice(at + 1)].join('\n'));
  const withValue = (value: string): Buffer => replaced(/:(\s|$)/.test(line) ? line.replace(/:(\s.*)?$/, () => `: ${value}`) : line.replace(/- .*$/, () => `- ${value}`));
  const kind = dice.roll(36);
  if (kind < 13) return withValue(dice.pick(VALUES));
  switch (kind) {
    case 11: return bytes.subarray(0, dice.roll(bytes.length + 1)); // truncated, perhaps within a character
    case 12: return replaced(); // without a line
    case 13: return replaced(line, line); // a key twice
    case 14: return replaced(`${' '.repeat(dice.roll(5))}${line}`);
    case 15: return withValue('['.repeat(1 + dice.roll(5000)));
    case 16: return withValue(`${'{a: '.repeat(60)}1${'}'.repeat(60)}`);
    case 17: return Buffer.from(`${dice.pick(['\ufeff', ''])}${text}`, 'utf16le');
    case 18: return Buffer.from(Array.from({ length: 200 }, () => dice.roll(256)));
    case 19: return withValue(`&x {again: *x, ${line.trim().split(':')[0]!.replace(/\W/g, '')}: *x}`);
    case 20: return Buffer.from(`a: &a [x, x]\nb: &b [*a, *a]\n${'cdefghijklmnop'.split('').map((key, index) => `${key}: &${key} [*${'bcdefghijklmno'[index]!}, *${'bcdefghijklmno'[index]!}]`).join('\n')}\n${text}`);
    case 21: return Buffer.from(lines.slice().reverse().join('\n'));
    case 22: return Buffer.concat([bytes.subarray(0, bytes.length / 2), Buffer.from([dice.roll(256), dice.roll(256)]), bytes.subarray(bytes.length / 2)]);
    case 23: return withValue(`"${'x'.repeat(5_000_000)}"`); // one line of 5 MB
    case 24: return Buffer.from(text.replaceAll('\n', dice.pick(['\r\n', '\r', '\n\t', '\0\n', '\u0085', '\u2028'])));
    case 25: return Buffer.from(text, 'utf16le'); // without a byte order mark
    case 26: return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
    case 27: return Buffer.from(text.replaceAll('  ', '\t'));
    case 28: return replaced(line, ...Array.from({ length: 1 + dice.roll(3000) }, (_, depth) => `${' '.repeat(depth)}a:`)); // deep in blocks
    case 29: return replaced(line, `${' '.repeat(dice.roll(8))}${'- '.repeat(1 + dice.roll(20_000))}a`);
    case 30: return Buffer.from(`${text}\n---\n`.repeat(1 + dice.roll(40))); // each object many times
    case 31: return replaced(line.replace(/[\w.-]+$/, (word) => word.repeat(20_000)));
    case 32: return Buffer.concat([Buffer.from(text.slice(0, text.length / 2)), Buffer.alloc(1 + dice.roll(5000))]); // what a crash leaves on a disk
    case 33: return withValue(`\n${Array.from({ length: 20_000 }, (_, index) => `  k${index}: *k${index}`).join('\n')}`);
    case 34: return withValue(`{${Array.from({ length: 20_000 }, (_, index) => `k${index}: &k${index} ${index}`).join(', ')}}`);
    default: return Buffer.from(text.replace(/^(\s*(?:- )?)\w+:/gm, (all, indent: string) => (dice.roll(8) === 0 ? `${indent}${dice.pick(['constructor', '__proto__', '1', '"a b"', '"${A}"', 'spec', 'metadata'])}:` : all)));
  }
}

/** Anything but findings and a UserError is a bug: what it was, or nothing. */
export async function bugIn(files: ReadonlyMap<string, File>): Promise<string | undefined> {
  try {
    const tree = new Tree(files.values(), 'as-found');
    const settings = readSettings(tree, rules.map(({ id }) => id));
    const { findings, skipped } = await checkTree({ tree, base: undefined, settings, rules, unavailable: [], builderFor: undefined });
    const crashed = skipped.find(({ reason }) => reason.startsWith('fluxwright has a bug'));
    if (crashed !== undefined) return `${crashed.rules.join()}: ${crashed.reason}`;
    const odd = findings.find(({ line, message, file }) => !(line >= 1) || message === '' || message.length > 20_000 || /\[object Object\]|\bundefined\b|\bNaN\b/.test(message) || !(files.has(file) || file === ''));
    return odd === undefined ? undefined : `odd finding: ${JSON.stringify(odd).slice(0, 600)}`;
  } catch (error) {
    return UserError.is(error) ? undefined : String((error as Error).stack ?? error);
  }
}

export function fileOf(path: string, bytes: Buffer): File {
  return isManifestName(path) ? ManifestFile.fromSource(path, () => bytes) : new OpaqueFile(path, bytes);
}
