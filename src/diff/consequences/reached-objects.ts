import { identityKey } from '../../model/source-object';
import type { AppliedObject } from '../../model/applied-object';
import type { FluxKustomization } from '../../model/flux-kustomization';
import type { Change } from '../changes';
import { clusterPairs } from './cluster-pairs';
import { appliedIn, type Edit, type World } from './world';

/** Objects that come into a cluster though their files stay as they are: a path or a kustomization.yaml leads to them now. */
export function reachedObjects({ changes, before, after, names }: Pick<World, 'changes' | 'before' | 'after' | 'names'>): Edit[] {
  const byFile = new Map<string, Change>();
  for (const change of changes) for (const version of [change.before, change.after]) if (version?.file !== undefined && !byFile.has(version.file)) byFile.set(version.file, change);
  const found = new Map<string, Edit>();
  for (const pair of clusterPairs({ before, after })) {
    const was = appliedIn(pair.before);
    const written = new Set([...was.values()].map(({ object }) => placeOf(object)));
    for (const [key, { object, by }] of appliedIn(pair.after)) {
      const file = object.source?.file;
      if (file === undefined || byFile.has(file) || was.has(key) || written.has(placeOf(object))) continue;
      const change = leadingTo(by, byFile);
      if (change === undefined) continue;
      const applier = names.applier(pair.name, by.key);
      const known = found.get(placeOf(object));
      found.set(placeOf(object), known === undefined ? { change, object, before: undefined, after: object.data, fields: [], appliers: [applier] } : { ...known, appliers: [...known.appliers, applier] });
    }
  }
  return [...found.values()];
}

/** What changed of what a Flux Kustomization is built from, or of what makes it. */
function leadingTo(by: FluxKustomization, byFile: ReadonlyMap<string, Change>): Change | undefined {
  for (let one: FluxKustomization | undefined = by; one !== undefined; one = one.parent) {
    const own = one.object.source?.file;
    for (const file of [...(own === undefined ? [] : [own]), ...one.files]) {
      const change = byFile.get(file);
      if (change !== undefined && (file === own || change.subject.type === 'file')) return change;
    }
    if (one.parent === one) return undefined;
  }
  return undefined;
}

function placeOf({ source, ...object }: AppliedObject): string {
  return `${source?.file ?? ''}\0${identityKey(source ?? object)}`;
}
