import { findImageAutomation } from '../../model/image-automation';
import { findMarkers } from '../../model/markers';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';

/** The markers of the checked tree, worked out once for all rules. */
export const markersOf = memoized(({ repository }: CheckContext) => findMarkers(repository));

export const imageAutomationOf = memoized(({ repository, clusters }: CheckContext) => findImageAutomation(repository, clusters));

/** Whether a name is filled in later: by Flux's substitution, or by somebody who copies the file. */
export function isPlaceholder(text: string): boolean {
  return /\$\{|\{\{|<[A-Z_]+>/.test(text);
}
