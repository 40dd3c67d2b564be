/** A part of a text with variables in it. */
export type Node = string | Expression;

/** `${NAME…}` */
export interface Expression {
  readonly name: string;
  /** What is done with the value: `:=`, `//`, `#`; '' for nothing. */
  readonly operator: string;
  readonly parameters: readonly Node[];
  /** As it is written. */
  readonly source: string;
}

/** A text that Flux cannot substitute in. */
export class TemplateError extends Error {}

/** Splits a text as Flux's envsubst does, with its limits: `${VAR-default}` is an error, `$VAR` is text. */
export function parseTemplate(text: string): readonly Node[] {
  return text.includes('$') ? new TemplateParser(text).parse() : [text];
}

type Accepts = (character: string, length: number) => boolean;

interface Mode {
  readonly accepts: Accepts;
  /** Characters that escape what stands behind them. */
  readonly escapes?: 'dollar' | 'all';
  readonly expressions?: boolean;
}

class TemplateParser {
  private position = 0;

  constructor(private readonly text: string) {}

  parse(): Node[] {
    const nodes: Node[] = [];
    for (let dollar = this.text.indexOf('$'); dollar >= 0; dollar = this.text.indexOf('$', this.position)) {
      nodes.push(this.text.slice(this.position, dollar));
      this.position = dollar;
      if (this.text.startsWith('${', dollar)) nodes.push(this.expression());
      else {
        nodes.push('$');
        this.position += this.text.startsWith('$$', dollar) ? 2 : 1;
      }
    }
    return [...nodes, this.text.slice(this.position)];
  }

  private expression(): Expression {
    const start = this.position;
    this.position += 2;
    const parsed = this.peek() === '#' ? this.length() : this.named();
    return { ...parsed, source: this.text.slice(start, this.position) };
  }

  private length(): Omit<Expression, 'source'> {
    this.position++;
    const name = this.expect({ accepts: isNamePart }, 'bad substitution');
    this.close();
    return { name, operator: '#', parameters: [] };
  }

  private named(): Omit<Expression, 'source'> {
    const name = this.expect({ accepts: isNamePart }, 'unable to parse variable name');
    const next = this.peek();
    if (next === ':') return this.colon(name);
    if (next === '=') return this.defaults(name, (character, length) => length === 1 && character === '=');
    if (next === ',' || next === '^') {
      const operator = this.expect({ accepts: (character, length) => (character === ',' || character === '^') && length < 3 }, 'bad substitution');
      this.close();
      return { name, operator, parameters: [] };
    }
    if (next === '/') return this.replacement(name);
    if (next === '#' || next === '%') {
      const operator = this.expect({ accepts: (character, length) => character === next && length < 3 }, 'bad substitution');
      const pattern = this.parameter({ accepts: isNotClosing });
      this.close();
      return { name, operator, parameters: [pattern] };
    }
    this.close('missing closing brace');
    return { name, operator: '', parameters: [] };
  }

  private colon(name: string): Omit<Expression, 'source'> {
    const behind = this.text.codePointAt(this.position + 1);
    if (behind === undefined || behind > 0x7f) throw new TemplateError('bad substitution'); // where Go's scanner loses its place
    if ('=-?+'.includes(String.fromCodePoint(behind))) {
      return this.defaults(name, (character, length) => (length === 1 ? character === ':' : length === 2 && '=-?+'.includes(character)));
    }
    this.position++;
    const parameters = [this.parameter({ accepts: (character) => character !== ':' && character !== '}' })];
    if (this.peek() === ':') {
      this.expect({ accepts: (character) => character === ':' }, 'bad substitution');
      parameters.push(this.parameter({ accepts: isNotClosing }));
    }
    this.close();
    return { name, operator: ':', parameters };
  }

  private defaults(name: string, accepts: Accepts): Omit<Expression, 'source'> {
    const operator = this.expect({ accepts }, 'unable to parse default function');
    const parameters: Node[] = [];
    while (this.peek() !== '}') parameters.push(this.parameter({ accepts: isNotClosing }));
    this.close();
    return { name, operator, parameters };
  }

  private replacement(name: string): Omit<Expression, 'source'> {
    const operator = this.expect({ accepts: (character, length) => (length === 1 ? character === '/' : length === 2 && '/#%'.includes(character)) }, 'bad substitution');
    const parameters = [this.parameter({ accepts: (character) => character !== '/', escapes: 'all' })];
    this.expect({ accepts: (character) => character === '/' }, 'bad substitution');
    if (this.peek() !== '}') parameters.push(this.parameter({ accepts: isNotClosing, escapes: 'all' }));
    this.close();
    return { name, operator, parameters };
  }

  private parameter(mode: Omit<Mode, 'expressions'>): Node {
    if (this.text.startsWith('${', this.position)) return this.expression();
    return this.expect({ ...mode, expressions: true }, 'unable to parse substitution within function');
  }

  private expect(mode: Mode, problem: string): string {
    const word = this.word(mode);
    if (word === undefined) throw new TemplateError(problem);
    return word;
  }

  /** The longest run of accepted characters, up to an expression if such are known here; undefined if there is none. */
  private word({ accepts, escapes, expressions = false }: Mode): string | undefined {
    let word = '';
    while (this.position < this.text.length && !(expressions && this.text.startsWith('${', this.position))) {
      const character = String.fromCodePoint(this.text.codePointAt(this.position)!);
      const next = this.text[this.position + 1];
      const isEscape = escapes !== undefined && ((character === '$' && next === '$') || (escapes === 'all' && character === '\\' && (next === '/' || next === '\\')));
      if (!isEscape && !accepts(character, word.length + 1)) break;
      word += isEscape ? next : character;
      this.position += isEscape ? 2 : character.length;
    }
    return word === '' ? undefined : word;
  }

  private peek(): string | undefined {
    return this.text[this.position];
  }

  private close(problem = 'bad substitution'): void {
    if (this.peek() !== '}') throw new TemplateError(problem);
    this.position++;
  }
}

function isNamePart(character: string): boolean {
  return /^[\p{L}\p{Nd}_]$/u.test(character);
}

function isNotClosing(character: string): boolean {
  return character !== '}';
}
