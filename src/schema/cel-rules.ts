import type { Check } from './check';
import type { FieldNode } from './field-node';
import type { ValidationRule } from './structural-schema';

export function checkRules(_node: FieldNode, rules: readonly ValidationRule[], _value: unknown, _check: Check, skipped: Map<string, number>): void {
  for (const { rule } of rules) skipped.set(rule, (skipped.get(rule) ?? 0) + 1);
}
