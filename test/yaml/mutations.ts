/** Files as they are after a slip of the keyboard or of a merge. */
import fc from 'fast-check';

/** What means something in YAML. */
const SIGNS = ['a', 'b:', 'c: ', '- ', '-', ' ', '  ', '\n', '\n\n', '\n  ', '\n- ', ': ', ':', '|', '|-\n', '>2\n', '"', "'", "''", '{', '}', '[', ']', ',', '#', ' #', '---\n', '...\n', '&x ', '*x', '!!str ', '? ', '\\', '\\\n', '\\x41', '~', '0755', '1e3', '<<: ', '%', '@', '\r', '\r\n', '\t', '\u2028', '\u0085', '\uFEFF', '\u00A0', ' # {"$imagepolicy": "a:b"}\n', ' #{"$held": "1"}', '__proto__: ', '.inf'];

/** A stretch of one of the texts with one to three mistakes in it. */
export function mutationsOf(texts: readonly string[]): fc.Arbitrary<string> {
  const stretch = fc.tuple(fc.constantFrom(...texts), fc.nat(), fc.integer({ min: 1, max: 40 })).map(([text, from, count]) => {
    const lines = text.split('\n');
    const start = from % lines.length;
    return `${lines.slice(start, start + count).join('\n')}\n`;
  });
  const mistakes = fc.array(fc.tuple(fc.nat(6), fc.nat(), fc.nat(), fc.constantFrom(...SIGNS)), { minLength: 1, maxLength: 3 });
  return fc.tuple(fc.oneof(fc.constantFrom(...texts), { weight: 3, arbitrary: stretch }), mistakes).map(([text, made]) => made.reduce((before, mistake) => withMistake(before, ...mistake), text));
}

function withMistake(text: string, kind: number, where: number, other: number, sign: string): string {
  const at = where % (text.length + 1);
  if (kind === 0) return text.slice(0, at) + text.slice(at + 1 + (other % 3));
  if (kind <= 2) return text.slice(0, at) + sign + text.slice(at);
  const lines = text.split('\n');
  const [from, to] = [where % lines.length, other % lines.length];
  if (kind === 3) lines.splice(from, 1);
  else if (kind === 4) lines.splice(to, 0, lines[from]!);
  else lines[from] = kind === 5 ? ' '.repeat(1 + (other % 3)) + lines[from]! : lines[from]!.slice(1 + (other % 3));
  return lines.join('\n');
}
