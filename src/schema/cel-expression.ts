import type { Environment } from '@marcbachmann/cel-js' with { 'resolution-mode': 'import' };
import { isLinear } from './linear-pattern';

/** An expression that is ready to be evaluated. */
export type CelExpression = (variables: { readonly self: unknown }) => unknown;

const expressions = new Map<string, CelExpression | undefined>();

/** An expression in CEL, or undefined if it is none, or one with functions that are not known here. */
export function celExpression(text: string): CelExpression | undefined {
  if (!expressions.has(text)) expressions.set(text, compile(text));
  return expressions.get(text);
}

let environment: Environment | undefined | 'missing';

function compile(text: string): CelExpression | undefined {
  const patterns = [...text.matchAll(MATCHES)].map(([, single, double]) => single ?? double);
  if (patterns.some((pattern) => pattern === undefined || !isLinear(pattern))) return undefined;
  environment ??= makeEnvironment();
  if (environment === 'missing') return undefined;
  try {
    const program = environment.parse(withPlainHas(text));
    return program.check().valid ? (program as CelExpression) : undefined;
  } catch {
    return undefined;
  }
}

/** The library matches with JavaScript's expressions, which a pattern from anywhere could keep busy for ever. */
const MATCHES = /\.matches\(\s*(?:r?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"))?/g;

/** Loading it costs more than all else here, so it waits for the first rule. It is an ES module, which Node 20 requires from 20.19 on. */
function makeEnvironment(): Environment | 'missing' {
  let library: typeof import('@marcbachmann/cel-js', { with: { 'resolution-mode': 'import' } });
  try {
    library = require('@marcbachmann/cel-js') as typeof library;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_REQUIRE_ESM') return 'missing';
    throw error;
  }
  return new library.Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false }).registerVariable('self', 'dyn');
}

/** The library's `has()` takes no index: `has(a[0].b)` is `"b" in a[0]`. */
function withPlainHas(text: string): string {
  return text.replace(/\bhas\(([\w.]+\[\d+\](?:\.\w+|\[\d+\])*)\.(\w+)\)/g, '("$2" in $1)');
}
