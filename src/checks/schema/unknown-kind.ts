import type { SourceObject } from '../../model/source-object';
import { removedApi } from '../../schema/removed-apis';
import type { Rule } from '../rule';
import { schemaSetsOf } from './schema-sets';

export const unknownKind: Rule = {
  id: 'unknown-kind',
  severity: 'notice',
  why: 'Objects of a kind that neither the tree, nor schemas/, nor fluxwright knows are not checked: a typing error in their kind, or in a field, shows in the cluster only.',
  example: `apiVersion: example.com/v1
kind: Widget`,
  fix: 'put their CustomResourceDefinitions, or JSON Schemas, into a folder schemas/ at the root, which nothing applies',
  link: 'https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/custom-resources/',

  *find(context) {
    const sets = [...new Set(schemaSetsOf(context).values())];
    const applied = new Set(context.clusters.flatMap(({ kustomizations }) => kustomizations.flatMap(({ files }) => [...files])));
    const unknown = new Map<string, SourceObject[]>();
    for (const object of context.repository.objects) {
      if (!applied.has(object.file) || object.apiVersion.startsWith('kustomize.config.k8s.io/') || removedApi(object.apiVersion, object.kind) !== undefined || sets.some((set) => set.find(object.apiVersion, object.kind) !== undefined)) continue;
      const kind = `${object.kind} (${object.apiVersion})`;
      unknown.set(kind, [...(unknown.get(kind) ?? []), object]);
    }
    const objects = [...unknown.values()].flat();
    const [first] = objects;
    // one finding for all: what somebody else defines is no mistake, and there is a lot of it
    if (first !== undefined) yield { at: { object: first }, message: `${objects.length === 1 ? 'one object is' : `${objects.length} objects are`} not checked, since nobody knows ${listed([...unknown.keys()])}` };
  },
};

const MOST_LISTED = 8;

function listed(kinds: readonly string[]): string {
  const shown = kinds.slice(0, MOST_LISTED).join(', ');
  return kinds.length > MOST_LISTED ? `${shown} and ${kinds.length - MOST_LISTED} more kinds` : shown;
}
