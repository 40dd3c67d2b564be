/** Data as people write it: every style of YAML's scalars and collections, whether it fits the value or not. */
import fc from 'fast-check';
import { text } from './nasty-values';

const word = fc.oneof({ weight: 20, arbitrary: fc.constantFrom('a', 'b', 'name', 'image', 'some words', 'https://example.org/a?b=c#d', '10Gi', '8080', '1.5', 'true', 'null', '0755', 'a: b', 'line\nline', 'line\n\n  deeper\nline\n', '${VAR}', '--flag', "it's", '"quoted"', 'back\\slash') }, { weight: 1, arbitrary: text });
const key = fc.oneof({ weight: 15, arbitrary: fc.stringMatching(/^[a-z]{1,3}$/) }, { weight: 1, arbitrary: word });
const { document } = fc.letrec<{ data: unknown; document: unknown }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 4 },
    { weight: 4, arbitrary: word },
    { weight: 1, arbitrary: fc.constantFrom(true, null, 0, -3, 1.5, 1e21, {}, []) },
    { weight: 2, arbitrary: fc.array(tie('data'), { maxLength: 3 }) },
    { weight: 3, arbitrary: fc.dictionary(key, tie('data'), { maxKeys: 3, noNullPrototype: true }) },
  ),
  document: fc.oneof(
    { weight: 8, arbitrary: fc.dictionary(key, tie('data'), { minKeys: 1, maxKeys: 4, noNullPrototype: true }) },
    { weight: 2, arbitrary: fc.array(tie('data'), { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: tie('data') },
  ),
}));

/** Texts of one to three documents in mixed styles; many are valid, and many are not what they were made of. */
export const layouts: fc.Arbitrary<string> = fc
  .tuple(fc.array(document, { minLength: 1, maxLength: 3 }), fc.array(fc.nat(), { minLength: 30, maxLength: 30 }))
  .map(([documents, choices]) => new Layout(choices).file(documents));

class Layout {
  private at = 0;

  constructor(private readonly choices: readonly number[]) {}

  file(documents: readonly unknown[]): string {
    const first = this.choose('', '---\n', '# about\n', '--- # about\n', '\n');
    const text = first + documents.map((document) => `${this.block(document, this.choose('', '', '  ')).replace(/^\n/, '')}\n`).join(this.choose('---\n', '--- \n', '...\n---\n', '\n---\n# c\n'));
    return this.choose(text, text, text, text.replaceAll('\n', '\r\n'), text.trimEnd());
  }

  /** What stands behind a colon or dash that is `indent` in. */
  private block(value: unknown, indent: string): string {
    if (Array.isArray(value) && value.length > 0 && this.choose(true, true, true, true, false)) {
      const own = indent + this.choose('', '  ');
      const gap = this.choose(' ', ' ', '   ');
      return value.map((item) => `${this.between(own)}\n${own}-${this.behind(this.block(item, `${own} ${gap}`), gap, `${own} ${gap}`)}`).join('');
    }
    if (isMap(value) && this.choose(true, true, true, true, false)) {
      return Object.entries(value).map(([key, item]) => `${this.between(indent)}\n${indent}${this.key(key)}:${this.behind(this.block(item, `${indent}${this.choose(' ', '  ', '    ')}`), ' ', undefined)}`).join('');
    }
    return this.choose('', '', '', `\n${indent}`) + this.scalar(value, indent) + this.choose('', '', ' # why', '   #');
  }

  /** A collection in the line of its dash, if it stands where it would. */
  private behind(text: string, gap: string, column: string | undefined): string {
    if (!text.startsWith('\n')) return gap + text;
    return column !== undefined && text.startsWith(`\n${column}`) && this.choose(true, false) ? gap + text.slice(column.length + 1) : text;
  }

  private between(indent: string): string {
    return this.choose('', '', '', '', '', '\n', `\n${indent}# between`, '\n# left', '\n  ');
  }

  private key(key: string): string {
    return this.choose(key, key, JSON.stringify(key), `'${key.replaceAll("'", "''")}'`);
  }

  private scalar(value: unknown, indent: string): string {
    if (typeof value !== 'string') return this.choose(true, true, false) ? this.flow(value) : JSON.stringify(value);
    const deeper = indent + this.choose('  ', '    ', ' ');
    const lines = (text: string): string => text.split('\n').map((line) => (line === '' ? this.choose('', deeper) : deeper + line)).join('\n');
    return this.choose(
      () => value,
      () => value,
      () => value.replaceAll('\n', `\n\n${deeper}`),
      () => `'${value.replaceAll("'", "''").replaceAll('\n', `\n\n${deeper}`)}'`,
      () => JSON.stringify(value),
      () => JSON.stringify(value).replaceAll(' ', this.choose(' ', `\n${deeper}`, `\\\n${deeper}\\ `)),
      () => `${this.choose('|', '>')}${this.choose('', '', '-', '+', '2', '2-', '+2')}\n${lines(value)}${this.choose('', '\n', '\n\n', `\n${deeper} `)}`,
      () => `${this.choose('|', '>')}${this.choose('', '', '-', '+')}\n${lines(`${value}\nend\n  more\nend`)}`,
    )();
  }

  private flow(value: unknown): string {
    const comma = this.choose(', ', ',', ' , ', ',\n        ');
    if (Array.isArray(value)) return `[${this.choose('', ' ')}${value.map((item) => this.flow(item)).join(comma)}${this.choose('', ' ', ',')}]`;
    if (isMap(value)) return `{${Object.entries(value).map(([key, item]) => `${this.key(key)}${this.choose(': ', ': ', ': ', ':', ' : ')}${this.flow(item)}`).join(comma)}${this.choose('', ' ')}}`;
    return typeof value === 'string' ? this.key(value) : String(value);
  }

  private choose<Choice>(...choices: readonly Choice[]): Choice {
    this.at = (this.at * 31 + 7 + this.choices[this.at % this.choices.length]!) % 1_000_003;
    return choices[this.at % choices.length]!;
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
