import { at, mappingAt } from '../../model/fields';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import { isPostgresCluster } from '../../model/postgres-clusters';
import { identityKey } from '../../model/source-object';
import type { AppliedObject } from '../../model/applied-object';
import type { Report, Rule } from '../rule';

export const databaseDeleted: Rule = {
  id: 'database-deleted',
  severity: 'error',
  needs: 'base',
  why: 'With prune, Flux deletes what leaves a Kustomization, and all that a deleted or renamed Kustomization applied: a CNPG Cluster goes with its volumes, and the data with them.',
  example: `# the change takes pg-cluster.yaml out of kustomization.yaml
kind: Kustomization
spec:
  prune: true`,
  fix: 'annotate the Cluster with "kustomize.toolkit.fluxcd.io/prune: disabled" and let Flux apply that, in a commit of its own, before it leaves the tree',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune',

  *find({ clusters, base }) {
    for (const before of base?.clusters ?? []) {
      const now = clusters.find(({ name }) => name === before.name);
      // with its whole entry point gone, Flux no longer looks
      if (now !== undefined) yield* deletedFrom(before, now);
    }
  },
};

function* deletedFrom(before: Cluster, now: Cluster): Generator<Report> {
  for (const kustomization of before.kustomizations) {
    for (const database of kustomization.objects.filter(isPostgresCluster)) {
      if (!wouldPrune(kustomization, now) || isKept(database)) continue;
      const owner = now.kustomizations.find(({ objects }) => objects.some((object) => identityKey(object) === identityKey(database)));
      if (owner?.key === kustomization.key) continue;
      const what = `${database.namespace ?? 'default'}/${database.name}`;
      const still = now.kustomizations.find(({ key }) => key === kustomization.key);
      yield {
        at: (still ?? owner) !== undefined ? { object: (still ?? owner)!.object } : { file: now.kustomizations[0]?.object.source?.file ?? database.source?.file ?? '' },
        message: owner === undefined
          ? `the database ${what} leaves the Kustomization ${kustomization.key}${still === undefined ? ', which is itself deleted' : ''}: Flux deletes it, with its volumes`
          : `the database ${what} moves from the Kustomization ${kustomization.key} to ${owner.key}: if the first is reconciled before the second, Flux deletes it, with its volumes`,
        in: `${now.name}: ${kustomization.key}`,
      };
    }
  }
}

/** Whether what leaves a Kustomization is deleted: by its settings now, or, where it is gone, by those it had. */
function wouldPrune(before: FluxKustomization, now: Cluster): boolean {
  const still = now.kustomizations.find(({ key }) => key === before.key);
  if (still !== undefined) return at(still.data, 'spec.prune') === true && at(still.data, 'spec.suspend') !== true;
  const policy = at(before.data, 'spec.deletionPolicy');
  if (policy === 'Orphan' || policy === 'WaitForTermination') return policy !== 'Orphan';
  const parentPrunes = before.parent === undefined || at(before.parent.data, 'spec.prune') === true;
  return (policy === 'Delete' || at(before.data, 'spec.prune') === true) && parentPrunes && at(before.data, 'spec.suspend') !== true;
}

function isKept({ data }: AppliedObject): boolean {
  return ['annotations', 'labels'].some((field) => mappingAt(data, ['metadata', field])['kustomize.toolkit.fluxcd.io/prune'] === 'disabled');
}
