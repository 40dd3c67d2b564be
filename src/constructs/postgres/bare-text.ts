import { withoutVariables } from '../../app/names';
import { readToken } from '../../yaml/comment';

/** A text as a rule can be asked about it: without a marker, and a letter for each substitution variable. */
export function bareText(value: unknown): string {
  return withoutVariables(readToken(String(value)).value ?? '');
}

/** Whether a text has a form, or is a substitution variable and nothing else. */
export function hasForm(value: unknown, form: RegExp): boolean {
  return /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/.test(String(value)) || form.test(bareText(value));
}
