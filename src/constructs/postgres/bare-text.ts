import { withoutVariables } from '../../app/names';
import { readToken } from '../../yaml/comment';

/** A text as a rule can be asked about it: without a marker, and a letter for each substitution variable. */
export function bareText(value: unknown): string {
  return withoutVariables(readToken(String(value)).value ?? '');
}
