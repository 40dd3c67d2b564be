import type { FieldNode } from './field-node';
import { formatFieldPath, type SchemaProblem, type SchemaRule } from './schema-problem';
import type { ValidationRule } from './structural-schema';

/** What is known while one object is checked. */
export interface Check {
  /** Where it is at the moment. */
  readonly path: (string | number)[];
  readonly problems: SchemaProblem[];
  /** What kind of object it is, for messages: `apps/v1 Deployment`. */
  readonly kind: string;
  /** Texts that say nothing of the value which will stand there: encrypted ones, variables. */
  readonly isOpaque: (text: string) => boolean;
  /** Whether the schema may be of another release than the cluster has. */
  readonly isGuess: boolean;
  /** The nodes of `metadata`, at the top and in embedded resources. */
  readonly metadata: FieldNode;
  /** Checks the rules in CEL at one place. */
  readonly checkRules: (node: FieldNode, rules: readonly ValidationRule[], value: unknown, check: Check) => void;
}

/** @param text follows the field's path */
export function report(check: Check, rule: SchemaRule, text: string): void {
  const severity = check.isGuess && CHANGES_WITH_RELEASES.has(rule) ? 'warning' : 'error';
  check.problems.push({ path: [...check.path], rule, severity, message: `${formatFieldPath(check.path)} ${text}` });
}

/** What another release may see otherwise: it has more fields, more values, other conditions. */
const CHANGES_WITH_RELEASES: ReadonlySet<SchemaRule> = new Set(['unknown-field', 'enum', 'alternatives', 'cel']);

/** The same for a field below the place where the check is. */
export function reportAt(check: Check, step: string | number, rule: SchemaRule, text: string): void {
  check.path.push(step);
  report(check, rule, text);
  check.path.pop();
}
