import type { MarkedScalar } from '../../model/markers';
import { parseImage } from '../../tree/image-reference';

/** The tag that a marked scalar holds, if it holds one. */
export function tagOf({ value, marker }: MarkedScalar): string | undefined {
  if (marker.part === 'tag') return value;
  return marker.part === undefined ? parseImage(value).tag : undefined;
}
