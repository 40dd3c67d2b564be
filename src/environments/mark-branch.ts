import { formatMarkerInBranch, parseMarker, parseMarkerBranch } from '../yaml/marker';
import type { CommentedLine } from '../yaml/write';
import type { BranchMarker, Environment } from './environments-file';

/**
 * A text of the branch with markers that name the branch's own policy, and say that they are the branch's.
 * @returns the text, and how many markers are the branch's now
 */
export function markForBranch(text: string, lines: readonly CommentedLine[], { policy, becomes }: BranchMarker, { branch, namespace }: Environment): { readonly text: string; readonly count: number } {
  const own = becomes.replaceAll('${NAMESPACE}', namespace);
  const result = text.split('\n');
  let count = 0;
  for (const { line, comment } of lines) {
    const marker = parseMarker(comment);
    if (marker?.policy === own && parseMarkerBranch(comment) === branch) count++;
    if (marker?.policy !== policy) continue;
    const before = result[line - 1]!;
    const at = before.lastIndexOf(comment);
    result[line - 1] = before.slice(0, at) + formatMarkerInBranch({ ...marker, policy: own }, branch) + before.slice(at + comment.length);
    count++;
  }
  return { text: result.join('\n'), count };
}
