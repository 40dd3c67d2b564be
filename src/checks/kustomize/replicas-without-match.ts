import type { BuildNote, ReplicasNote } from '../../model/kustomize/build-notes';
import { nearestTo } from '../../nearest';
import { listed } from '../graph/cluster-facts';
import type { Rule } from '../rule';
import { buildNotes, byPlace, severityAt } from './build-notes';

export const replicasWithoutMatch: Rule = {
  id: 'replicas-without-match',
  severity: 'error',
  why: 'kustomize refuses to build a folder whose replicas name no Deployment, StatefulSet, ReplicaSet or ReplicationController in it.',
  example: `replicas:
  - name: wbe # the Deployment is called "web"
    count: 3`,
  fix: 'write the name as it is there, or drop the entry',
  link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replicas/',

  *find(context) {
    const notes = buildNotes(context).filter((note): note is BuildNote & ReplicasNote => note.type === 'replicas');
    for (const [{ at, name, candidates }] of byPlace(notes, (note) => note.at) as [BuildNote & ReplicasNote][]) {
      const names = [...new Set(candidates.map(({ ids }) => ids.at(-1)!.name))].sort();
      const meant = nearestTo(name, names);
      yield {
        at,
        message: `nothing that has replicas is called "${name}": kustomize refuses to build`,
        fix: meant !== undefined ? `write "${meant}", if that is meant` : names.length === 0 ? 'drop the entry' : `there is ${listed(names)}: write one of them, or drop the entry`,
        severity: severityAt(context, at, 'error'),
      };
    }
  },
};
