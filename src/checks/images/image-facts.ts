import { findImageAutomation } from '../../model/image-automation';
import { findMarkers } from '../../model/markers';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';

/** The markers of the checked tree, worked out once for all rules. */
export const markersOf = memoized(({ repository }: CheckContext) => findMarkers(repository));

export const imageAutomationOf = memoized(({ repository, clusters }: CheckContext) => findImageAutomation(repository, clusters));
