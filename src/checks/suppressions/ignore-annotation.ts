import { nearestTo } from '../../nearest';

/** What an object says of findings to live with: `fluxwright.dev/ignore: rule-id - reason`. */
export const IGNORE_ANNOTATION = 'fluxwright.dev/ignore';

/** A finding that an object asks to live with. */
export interface Suppression {
  readonly rule: string;
  readonly reason: string;
}

export interface IgnoreAnnotation {
  readonly suppressions: readonly Suppression[];
  /** What is wrong with it, and what to do about that. */
  readonly problems: readonly { readonly message: string; readonly fix: string }[];
}

/**
 * Reads the annotation: `rule-id - reason`, several on lines of their own or behind a `;`. What stands behind a `;` and is
 * no other suppression belongs to the reason.
 * @param ruleIds the rules that there are
 */
export function parseIgnoreAnnotation(text: string, ruleIds: readonly string[]): IgnoreAnnotation {
  const suppressions: Suppression[] = [];
  const problems: { message: string; fix: string }[] = [];
  for (const part of partsOf(text, ruleIds)) {
    const [rule, reason] = splitPart(part);
    if (!ruleIds.includes(rule)) {
      const nearest = nearestTo(rule, ruleIds);
      problems.push({ message: `${IGNORE_ANNOTATION} names ${JSON.stringify(clip(rule))}, which is no rule`, fix: nearest === undefined ? 'write "rule-id - reason", with an id that "fluxwright explain" lists' : `write "${nearest}"` });
    } else if (reason === '') {
      problems.push({ message: `${IGNORE_ANNOTATION} gives no reason for ${rule}`, fix: `write "${rule} - " and why the finding is right as it is` });
    } else suppressions.push({ rule, reason });
  }
  if (suppressions.length + problems.length === 0) problems.push({ message: `${IGNORE_ANNOTATION} is empty`, fix: 'write "rule-id - reason", or take it off' });
  return { suppressions, problems };
}

function partsOf(text: string, ruleIds: readonly string[]): string[] {
  const parts: string[] = [];
  for (const line of text.split('\n')) {
    let begun = false;
    for (const piece of line.split(';')) {
      if (!begun || looksLikeSuppression(piece, ruleIds)) parts.push(piece);
      else parts.push(`${parts.pop()!};${piece}`);
      begun = true;
    }
  }
  return parts.map((part) => part.replace(/[\s;]+$/, '').trimStart()).filter((part) => part !== '');
}

function looksLikeSuppression(piece: string, ruleIds: readonly string[]): boolean {
  return /^\s*[a-z][a-z0-9]*(-[a-z0-9]+)+\s+[-–—]\s/.test(piece) || ruleIds.includes(splitPart(piece.trim())[0]);
}

/** An editor may have made the dash a longer one. */
function splitPart(part: string): [rule: string, reason: string] {
  const match = /^(\S+)\s+[-–—](?:\s+([^]*))?$/.exec(part);
  return match === null ? [part, ''] : [match[1]!, (match[2] ?? '').trim()];
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
