import { formatMarkerOnHold, parseMarker } from '../../yaml/marker';
import type { CommentedLine } from '../../yaml/write';

export interface KeptScalar {
  readonly value: string;
  readonly source: string;
  /** Whether the marker behind it is taken off in the tree. */
  readonly isOnHold?: boolean;
}

/**
 * The scalars that stand in `committed` where `lines` of `text` are, if the two are the same but for them: the usual
 * case, told by comparing lines, without reading any YAML. Undefined if anything else differs.
 */
export function keptScalars(text: string, lines: readonly CommentedLine[], committed: string): KeptScalar[] | undefined {
  const kept: KeptScalar[] = [];
  let [line, start, compared, at] = [1, 0, 0, 0];
  for (const pin of lines) {
    for (; line < pin.line; line++) start = text.indexOf('\n', start) + 1;
    const end = endOfLine(text, start);
    const tail = ` # ${pin.comment}`;
    const scalar = end - tail.length - pin.source.length;
    const before = text.slice(compared, scalar);
    if (!committed.startsWith(before, at)) return undefined;
    at += before.length;
    const rest = committed.slice(at, endOfLine(committed, at));
    const found = rest.endsWith(tail) ? tail : tailOnHold(pin.comment);
    if (found === undefined || !rest.endsWith(found)) return undefined;
    const source = rest.slice(0, -found.length);
    const value = simpleValue(source);
    if (value === undefined) return undefined;
    kept.push({ value, source, isOnHold: found !== tail });
    compared = end;
    at += rest.length;
  }
  return committed.length - at === text.length - compared && committed.endsWith(text.slice(compared)) ? kept : undefined;
}

function tailOnHold(comment: string): string | undefined {
  const marker = parseMarker(comment);
  return marker === undefined ? undefined : ` # ${formatMarkerOnHold(marker)}`;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** What a scalar says, if that is plain to see; the others are left to a real reader. */
function simpleValue(source: string): string | undefined {
  if (/^[A-Za-z0-9][\w.\-/@:+]*$/.test(source) && !source.endsWith(':')) return source;
  return /^"([^"\\]*)"$/.exec(source)?.[1] ?? /^'([^']*)'$/.exec(source)?.[1];
}
