import type { CheckContext } from '../checks/check-context';
import { textAt } from '../model/fields';
import type { Cluster } from '../model/flux-kustomization';
import { findImageAutomation, policyKey, reaches, type Automated } from '../model/image-automation';
import { findMarkers, type MarkedScalar } from '../model/markers';
import { identityKey } from '../model/source-object';
import { sourceReference } from '../model/sources';
import type { GraphDraft } from './graph-draft';

/** Enters the way of a new image: repository → policy → marked file → what is built from it; and what commits it. */
export function enterImages(draft: GraphDraft, { repository, clusters: all }: CheckContext, clusters: readonly Cluster[]): void {
  const { policies, repositories, automations } = findImageAutomation(repository, all);
  if (policies.length + automations.length + repositories.length === 0) return;
  const { scalars } = findMarkers(repository);
  for (const cluster of clusters) {
    const here = ({ cluster: of }: Automated): boolean => of === cluster;
    const enter = ({ object: { kind, name, data }, namespace }: Automated): string => draft.node(cluster.name, kind, namespace, name, { detail: textAt(data, 'spec.image') });
    const own = repositories.filter(here);
    for (const one of own) applied(draft, cluster, one, enter(one));
    for (const policy of policies.filter(here)) {
      const id = enter(policy);
      applied(draft, cluster, policy, id);
      const [name, namespace = policy.namespace] = [textAt(policy.object.data, 'spec.imageRepositoryRef.name'), textAt(policy.object.data, 'spec.imageRepositoryRef.namespace')];
      const scanned = own.find((one) => one.object.name === name && one.namespace === namespace);
      if (name !== undefined) draft.edge(id, scanned === undefined ? draft.node(cluster.name, 'ImageRepository', namespace, name, { state: 'missing' }) : enter(scanned), 'chooses-from');
      for (const file of filesOf(scalars, policyKey(policy))) draft.edge(id, enterFile(draft, cluster, file), 'sets');
    }
    const markedHere = new Set(policies.filter(here).flatMap((policy) => filesOf(scalars, policyKey(policy))));
    for (const automation of automations.filter(here)) {
      const id = enter(automation);
      applied(draft, cluster, automation, id);
      const { kind, namespace, name } = sourceReference(automation.object.data, automation.namespace);
      if (name !== '') draft.edge(id, draft.node(cluster.name, kind, namespace, name), 'source');
      for (const file of markedHere) if (reaches(automation, { file })) draft.edge(id, enterFile(draft, cluster, file), 'writes');
    }
  }
}

function filesOf(scalars: readonly MarkedScalar[], key: string): string[] {
  return [...new Set(scalars.flatMap(({ file, marker }) => (marker.policy === key ? [file] : [])))];
}

function enterFile(draft: GraphDraft, cluster: Cluster, path: string): string {
  const id = draft.node(cluster.name, 'File', undefined, path);
  for (const { namespace, name, files } of cluster.kustomizations) if (files.has(path)) draft.edge(draft.node(cluster.name, 'Kustomization', namespace, name), id, 'builds');
  return id;
}

function applied(draft: GraphDraft, cluster: Cluster, { object }: Automated, id: string): void {
  const applier = cluster.kustomizations.find(({ objects }) => objects.some((one) => one === object || (one.source !== undefined && one.source === object.source && identityKey(one) === identityKey(object))));
  if (applier !== undefined) draft.edge(draft.node(cluster.name, 'Kustomization', applier.namespace, applier.name), id, 'applies');
}
