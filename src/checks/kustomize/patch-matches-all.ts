import { textAt } from '../../model/fields';
import type { BuildNote, PatchNote } from '../../model/kustomize/build-notes';
import { narrowing } from '../../model/kustomize/patch-target';
import type { Patch } from '../../model/kustomize/patches';
import type { Rule } from '../rule';
import { buildNotes, byPlace, severityAt } from './build-notes';
import { flow } from './patch-without-match';

export const patchMatchesAll: Rule = {
  id: 'patch-matches-all',
  severity: 'warning',
  why: 'A target without a kind or a name selects every object of the build, also those that are added later, and what a merged patch calls itself does not count.',
  example: `patches:
  - path: replicas.yaml # it says "kind: Deployment", which a target overrules
    target: {}`,
  fix: 'name the kind in the target, or leave the target out of a patch that names its object',
  link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/',

  *find(context) {
    const notes = buildNotes(context).filter((note): note is BuildNote & PatchNote => note.type === 'patch' && note.part === undefined);
    for (const same of byPlace(notes, ({ patch }) => patch.at)) {
      const { patch } = same[0]!;
      const most = Math.max(...same.map(({ hits }) => hits.length));
      if (most < 2 || narrowing(patch.target!).some((field) => field !== 'namespace') || isForAll(patch)) continue;
      const named = patch.parts.find((part) => textAt(part, 'kind') !== undefined);
      yield {
        at: patch.at,
        message: `the target ${flow(patch.target!)} selects all ${most} objects of the build`,
        fix: named === undefined ? 'name the kind in the target' : `write "target: { kind: ${textAt(named, 'kind')} }", or leave the target out`,
        severity: severityAt(context, patch.at, 'warning'),
      };
    }
  },
};

/** Labels and annotations fit every object; so does deleting. */
function isForAll({ operations, parts }: Patch): boolean {
  if (operations !== undefined) return operations.every((operation) => textAt(operation, 'path')?.startsWith('/metadata/') === true);
  return parts.every((part) => part['$patch'] === 'delete' || Object.keys(part).every((field) => ['apiVersion', 'kind', 'metadata'].includes(field)));
}
