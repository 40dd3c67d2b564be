/**
 * The tags of one branch's images, `<prefix>-<commit>-<time>`: `dev-05103d8f-1740413607`. The commit has the 7 to 40 digits that
 * Git gives it, and behind it there are digits only, so that `dev` never takes a tag of `dev-fade`.
 */
export function branchTagPattern(prefix: string): string {
  return `^${prefix}-[a-fA-F0-9]{7,40}-(?P<ts>[0-9]+)$`;
}

/** A text as part of a regular expression that means just that text. */
export function escapeRe2(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
