import { textAt } from '../../model/fields';
import { findImageAutomation, type Automated, type ImageAutomation } from '../../model/image-automation';
import { findMarkers } from '../../model/markers';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';

/** The markers of the checked tree, worked out once for all rules. */
export const markersOf = memoized(({ repository }: CheckContext) => findMarkers(repository));

export const imageAutomationOf = memoized(({ repository, clusters }: CheckContext) => findImageAutomation(repository, clusters));

/** The image that a policy chooses the tags of. */
export function imageOf({ object, namespace, cluster }: Automated, { repositories }: ImageAutomation): string | undefined {
  const name = textAt(object.data, 'spec.imageRepositoryRef.name');
  const of = textAt(object.data, 'spec.imageRepositoryRef.namespace') ?? namespace;
  const repository = repositories.find((one) => one.object.name === name && one.namespace === of && (one.cluster === cluster || cluster === undefined));
  return repository === undefined ? undefined : textAt(repository.object.data, 'spec.image');
}
