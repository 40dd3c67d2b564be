import { report, type Check } from './check';
import { isAffordable } from './cel-cost';
import { celExpression, type CelExpression } from './cel-expression';
import { celValue } from './cel-value';
import { holdsOpaque } from './check-junctors';
import type { FieldNode } from './field-node';
import { wordsOf } from './rule-words';
import { quoteValue } from './schema-problem';
import type { ValidationRule } from './structural-schema';

/**
 * Checks rules in CEL that hold for an object by itself. One that cannot be evaluated here, because it calls a function
 * of the API server's own, is counted and not failed.
 */
export function checkRules(node: FieldNode, rules: readonly ValidationRule[], value: unknown, check: Check, skipped: Map<string, number>): void {
  let self: unknown;
  for (const rule of rules) {
    self ??= celValue(node, value, fieldsIn(rules));
    const held = isAffordable(rule.rule, self) ? evaluate(celExpression(rule.rule), self) : undefined;
    if (held === undefined) skipped.set(rule.rule, (skipped.get(rule.rule) ?? 0) + 1);
    else if (!held && !holdsOpaque(value, check)) report(check, 'cel', `${typeof value === 'object' ? '' : `is ${quoteValue(value)} and `}breaks a rule of ${check.kind}: ${textOf(rule, self)}`);
  }
}

const mentioned = new WeakMap<readonly ValidationRule[], ReadonlySet<string> | undefined>();

/** The fields that rules look at, or undefined if they may look at all: a spec is large, and a rule is about two fields of it. */
function fieldsIn(rules: readonly ValidationRule[]): ReadonlySet<string> | undefined {
  if (!mentioned.has(rules)) {
    const text = rules.map(({ rule, messageExpression }) => `${rule}\n${messageExpression ?? ''}`).join('\n');
    const fields = [...text.matchAll(/\bself\b(?:\.([A-Za-z_]\w*)\b(?!\s*\())?/g)].map(([, field]) => field);
    mentioned.set(rules, fields.some((field) => field === undefined) ? undefined : new Set(fields as string[]));
  }
  return mentioned.get(rules);
}

/** A rule that reads a field which is not there fails, as it does in the server; any other failure is the library's. */
function evaluate(expression: CelExpression | undefined, self: unknown): unknown {
  try {
    return expression?.({ self });
  } catch (error) {
    return error instanceof Error && error.message.startsWith('No such key') ? false : undefined;
  }
}

const LONGEST = 240;

function onOneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

function textOf({ rule, message, messageExpression }: ValidationRule, self: unknown): string {
  const told = messageExpression === undefined ? undefined : evaluate(celExpression(messageExpression), self);
  const written = typeof told === 'string' && told.trim() !== '' ? told : message;
  const line = written === undefined ? (wordsOf(onOneLine(rule)) ?? onOneLine(rule)) : onOneLine(written);
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
