import { diffLines } from 'diff';
import type { LineEdits } from './page';

/** Beyond that many differences a person reads both sides anyway. */
const MOST_EDITS = 1500;

/** How the lines of one text become those of another. Both end in a line end, or are empty. */
export function lineEdits(before: string, after: string): LineEdits {
  const parts = diffLines(before, after, { maxEditLength: MOST_EDITS });
  if (parts === undefined) return [...(before === '' ? [] : [1, countLines(before)]), ...(after === '' ? [] : [2, countLines(after)])];
  return parts.flatMap(({ added, removed, count }) => [removed ? 1 : added ? 2 : 0, count]);
}

export function countLines(text: string): number {
  return text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
