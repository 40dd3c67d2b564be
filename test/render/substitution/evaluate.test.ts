import fc from 'fast-check';
import { evaluate, UNKNOWN } from '../../../src/render/substitution/evaluate';
import { runBatch, testWith } from '../../tools';

const VARIABLES: Readonly<Record<string, string>> = { NAME: 'shop-web', PORT: '8080', EMPTY: '', PATH: 'a/b/c.tar.gz', FOREIGN: 'Straße', _x: 'MiXed Case', STAR: '[a*b?]' };

const lookup = (name: string): string | undefined => VARIABLES[name];

interface Answer {
  readonly text?: string;
  readonly error?: string;
}

/** As Flux does with strict substitution: the text, or why there is none. */
function ours(template: string): Answer {
  try {
    const { text, unset } = evaluate(template, lookup);
    return unset.length > 0 ? { error: 'variable not set' } : { text };
  } catch {
    return { error: 'refused' };
  }
}

/** Texts that are made of what expressions are made of, so that most are near to being right. */
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('${NAME}', '${PORT}', '${EMPTY}', '${UNSET}', '${NAME', '${', '}', '$', '$$', '$${', '{', ':', ':-', ':=', ':?', ':+', '-', '=', '+', '/', '//', '/#', '/%', '#', '##', '%', '%%', ',', ',,', '^', '^^', '\\', '\\/', '*', '?', '[', ']', '!', '-1', '0', '2', ' ') },
  { weight: 1, arbitrary: fc.constantFrom('a', 'shop', '.tar', '8', 'ß', 'é', '😀', '\n', '"', 'x:y', '[a-c]', '[^a]', '*.', '.*', '-*') },
);
const operator = fc.constantFrom('', ':-', ':=', ':+', ':?', '=', ':', '/', '//', '/#', '/%', '#', '##', '%', '%%', ',', ',,', '^', '^^', '-');
const name = fc.constantFrom('NAME', 'PORT', 'EMPTY', 'PATH', 'FOREIGN', '_x', 'STAR', 'UNSET');
const parameter = fc.oneof(fc.array(piece, { maxLength: 3 }).map((parts) => parts.join('')), fc.constantFrom('0', '1', '-3', '2:2', '1:-1', '9', '-9:4', 'shop/x', 'a/', '*/', '?', '*.gz', 'a*', '[a-s]*', 's/\\/', '-/_'));
const expression = fc.oneof(fc.tuple(name, operator, parameter).map(([variable, how, what]) => `\${${variable}${how}${what}}`), name.map((variable) => `\${#${variable}}`), name.map((variable) => `\${${variable}}`));
const template = fc.array(fc.oneof({ weight: 2, arbitrary: expression }, { weight: 1, arbitrary: piece }), { maxLength: 5 }).map((parts) => parts.join(''));

testWith('fluxbuild', 'texts become what they become in Flux', (fluxbuild) => {
  const templates = fc.sample(template, { numRuns: 20_000, seed: 7 });

  const answers = runBatch<Answer>(fluxbuild, templates.map((text) => ({ template: text, variables: VARIABLES })));

  const differing = templates.flatMap((text, index) => {
    const [flux, own] = [answers[index]!, ours(text)];
    const same = flux.error === undefined ? own.text === (flux.text ?? '') : own.error !== undefined && flux.error.includes('variable not set') === (own.error === 'variable not set');
    return same || hasBrokenLetter(flux.text) ? [] : [{ text, flux, own }];
  });
  expect(differing.slice(0, 5)).toEqual([]);
  expect(answers.filter(({ error }) => error === undefined).length).toBeGreaterThan(5_000);
}, 300_000);

/** Positions in Go count bytes, so that a cut may go through a letter: what YAML then makes of it is an error in Flux. */
function hasBrokenLetter(text = ''): boolean {
  return text.includes('\uFFFD');
}

test('an expression whose value is not known stays as it is written', () => {
  const known = (variable: string) => (variable === 'SECRET' ? UNKNOWN : VARIABLES[variable]);

  expect(evaluate('${NAME}: ${SECRET:-${PORT}} ${EMPTY:=${SECRET}} ${NAME:=${SECRET}}', known)).toEqual({
    text: 'shop-web: ${SECRET:-${PORT}} ${EMPTY:=${SECRET}} shop-web',
    unset: [],
    unresolved: ['SECRET'],
  });
});

test('variables without a value and a default are named', () => {
  expect(evaluate('${A}${B:-x}${C^^}${B:=${D}}', lookup)).toEqual({ text: 'x', unset: ['A', 'C', 'D'], unresolved: [] });
});

test('what would take all time or memory is refused', () => {
  const long = (): string => 'a'.repeat(1_000_000);
  const start = performance.now();

  expect(() => evaluate('${A//a/${A}}', long)).toThrow('it grows beyond all measure');
  expect(() => evaluate('${A}'.repeat(1000), long)).toThrow('it grows beyond all measure');
  expect(() => evaluate('${A##*b}', long)).toThrow('a value of 1000000 letters is too long to match a pattern with');
  expect(() => evaluate('${A:-'.repeat(100_000), long)).toThrow();
  expect(performance.now() - start).toBeLessThan(5_000);
});
