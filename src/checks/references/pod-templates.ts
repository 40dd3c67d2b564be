import { podSpecPath } from '../../model/containers';
import { at, isMapping, listAt, mappingAt, type Step } from '../../model/fields';
import type { Cluster } from '../../model/flux-kustomization';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';
import { labelsIn } from './label-selector';
import { byNamespace, subjectsOf, type Subject } from './subjects';

/** The pods that an object makes. */
export interface PodTemplate {
  readonly subject: Subject;
  readonly labels: Readonly<Record<string, string>>;
  /** Of the labels, from the object. */
  readonly path: readonly Step[];
}

/** By namespace; under undefined those of which it is not known. */
export const podTemplatesOf = memoized((cluster: Cluster): ReadonlyMap<string | undefined, readonly PodTemplate[]> => byNamespace(subjectsOf(cluster).flatMap((subject) => {
  const spec = podSpecPath(subject.identity.kind);
  if (spec === undefined || !isMapping(at(subject.object.data, spec))) return [];
  const path = [...spec.slice(0, -1), 'metadata', 'labels'];
  return [{ subject, labels: labelsIn(at(subject.object.data, path)), path }];
})));

/** The keys of labels that kustomization files and Kustomizations add, where they are not added yet: they may have any value. */
export const addedLabels = memoized(({ repository, clusters, rendered }: CheckContext): ReadonlySet<string> => {
  if (rendered) return new Set();
  return new Set([
    ...[...repository.kustomizations.values()].flatMap(({ data }) => [
      ...Object.keys(mappingAt(data, 'commonLabels')),
      ...listAt(data, 'labels').flatMap((entry) => Object.keys(mappingAt(entry, 'pairs'))),
    ]),
    ...clusters.flatMap(({ kustomizations }) => kustomizations.flatMap(({ data }) => Object.keys(mappingAt(data, 'spec.commonMetadata.labels')))),
  ]);
});
