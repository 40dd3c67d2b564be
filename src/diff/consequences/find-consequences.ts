import { SchemaSet } from '../../schema/schema-set';
import type { Applier } from '../changes';
import { changedImages } from './changed-images';
import { CONSEQUENCE_CLASSES, type Consequence, type ConsequenceClass } from './consequence';
import { deadlocks } from './deadlocks';
import { deletedObjects } from './deleted-objects';
import { exposed } from './exposed';
import { immutableFields } from './immutable-fields';
import { loweredAmounts } from './lowered-amounts';
import { movedObjects } from './moved-objects';
import { prunedObjects } from './pruned-objects';
import { failingKustomizations, removedKustomizations, vanishedClusters } from './removed-kustomizations';
import { restartedPods } from './restarted-pods';
import { skippedStages } from './skipped-stages';
import { unappliedChanges } from './unapplied-changes';
import { widenedRbac } from './widened-rbac';
import { editsOf, findKustomization, isSuspended, type World } from './world';

/** What a change will do in the clusters, the worst first; what it does in several at once is told once. */
export function findConsequences(given: Omit<World, 'edits' | 'causes'> & Partial<Pick<World, 'causes'>>): Consequence[] {
  const suspended = (applier: Applier): boolean => {
    const kustomization = findKustomization(given.after, applier) ?? findKustomization(given.before, applier);
    return kustomization !== undefined && isSuspended(kustomization);
  };
  const world: World = { causes: given.changes, ...given, edits: editsOf(given.changes, suspended) };
  const pruned = prunedObjects(world);
  const found = [
    ...deletedObjects(world, pruned),
    ...removedKustomizations(world, pruned),
    ...failingKustomizations(world),
    ...vanishedClusters(world),
    ...movedObjects(world, pruned),
    ...deadlocks(world),
    ...immutableFields(world, new SchemaSet()),
    ...skippedStages(world),
    ...widenedRbac(world),
    ...exposed(world, pruned),
    ...changedImages(world),
    ...loweredAmounts(world),
    ...unappliedChanges(world),
    ...restartedPods(world),
  ];
  return ranked(folded(found));
}

/** What is the same in several clusters or Flux Kustomizations is one consequence. */
function folded(found: readonly Consequence[]): Consequence[] {
  const byText = new Map<string, Consequence>();
  for (const one of found) {
    const key = JSON.stringify([one.class, one.severity, one.title, one.affected]);
    const known = byText.get(key);
    byText.set(key, known === undefined ? { ...one, evidence: { ...one.evidence, facts: [...new Set(one.evidence.facts)] } } : {
      ...known,
      appliers: [...new Set([...known.appliers, ...one.appliers])],
      evidence: { ...known.evidence, changes: [...new Set([...known.evidence.changes, ...one.evidence.changes])], facts: [...new Set([...known.evidence.facts, ...one.evidence.facts])] },
    });
  }
  return [...byText.values()];
}

const SEVERITIES = ['danger', 'warning', 'notice'];
const ORDER = Object.keys(CONSEQUENCE_CLASSES) as ConsequenceClass[];

function ranked(found: readonly Consequence[]): Consequence[] {
  const rankOf = ({ severity, class: name }: Consequence): number => SEVERITIES.indexOf(severity) * 100 + ORDER.indexOf(name);
  return [...found].sort((a, b) => rankOf(a) - rankOf(b) || (a.title < b.title ? -1 : a.title > b.title ? 1 : 0));
}
