/**
 * A scalar with a comment behind it, as constructs hand it down. cdk8s and the L1 classes know only plain strings,
 * so the comment travels inside the string, behind a Unicode noncharacter that no manifest may hold.
 */
const SEPARATOR = '\uFDD0';
const NULL = '\uFDD1';

/** `value # comment` in YAML, for any field that takes a string. */
export function withComment(value: string, comment: string): string {
  return `${value}${SEPARATOR}${comment}`;
}

/** A null that survives cdk8s, which drops null fields. */
export const explicitNull: string = NULL;

/** Whether a string carries a comment or stands for null. Cheap: called for every string that is written. */
export function isToken(text: string): boolean {
  return text.includes(SEPARATOR) || text === NULL;
}

export interface CommentedScalar {
  readonly value: string | null;
  readonly comment?: string;
}

export function readToken(text: string): CommentedScalar {
  if (text === NULL) return { value: null };
  const at = text.indexOf(SEPARATOR);
  return at < 0 ? { value: text } : { value: text.slice(0, at), comment: text.slice(at + 1) };
}

/** The same data without comments: what a reader of the YAML would see. */
export function withoutTokens(value: unknown): unknown {
  if (typeof value === 'string') return isToken(value) ? readToken(value).value : value;
  if (Array.isArray(value)) return value.map(withoutTokens);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutTokens(item)]));
  }
  return value;
}
