import { SchemaSet } from '../../schema/schema-set';
import type { Applier } from '../changes';
import { changedHandling } from './changed-handling';
import { changedImages } from './changed-images';
import { changedReleases } from './changed-releases';
import { changedSources } from './changed-sources';
import { changedTransformers } from './changed-transformers';
import { CONSEQUENCE_CLASSES, type Consequence, type ConsequenceClass } from './consequence';
import { deadlocks } from './deadlocks';
import { deletedObjects } from './deleted-objects';
import { deletedRemotes } from './deleted-remotes';
import { editsOf } from './edits-of';
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
import { findKustomization } from './cluster-pairs';
import { isSuspended, type World } from './world';

/** What a change will do in the clusters, the worst first; what it does in several at once is told once. */
export function findConsequences(given: Omit<World, 'edits' | 'causes'> & Partial<Pick<World, 'causes'>>): Consequence[] {
  const suspended = (applier: Applier): boolean => {
    const found = [given.before, given.after].flatMap((state) => findKustomization(state, applier) ?? []);
    return found.length > 0 && found.every(isSuspended); // one that is suspended at this very moment may still apply what comes with it
  };
  const world: World = { causes: given.changes, ...given, edits: editsOf(given, given.causes === undefined, suspended) };
  const pruned = prunedObjects(world);
  const found = [
    ...deletedObjects(world, pruned),
    ...deletedRemotes(world),
    ...removedKustomizations(world, pruned),
    ...failingKustomizations(world),
    ...vanishedClusters(world),
    ...movedObjects(world, pruned),
    ...deadlocks(world),
    ...immutableFields(world, new SchemaSet()),
    ...skippedStages(world),
    ...changedHandling(world),
    ...widenedRbac(world),
    ...exposed(world, pruned),
    ...changedSources(world),
    ...changedImages(world),
    ...changedReleases(world),
    ...changedTransformers(world),
    ...loweredAmounts(world),
    ...unappliedChanges(world),
    ...restartedPods(world),
  ];
  return ranked(alikeAtOnce(withoutCrowds(folded(found))));
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

/** What happens alike to many objects that stand for themselves alone is one consequence. */
function withoutCrowds(found: readonly Consequence[]): Consequence[] {
  const groups = new Map<string, Consequence[]>();
  for (const one of found) {
    if (CROWDS[one.class] === undefined || one.affected.length > 0) continue;
    const key = JSON.stringify([one.class, one.severity, one.appliers, one.advice]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const crowds = [...groups.values()].filter(({ length }) => length > MOST_ALONE);
  const together = crowds.map((crowd): Consequence => ({
    ...crowd[0]!,
    title: CROWDS[crowd[0]!.class]!.title(crowd.length),
    affected: crowd.map(({ title }) => title.replace(CROWDS[crowd[0]!.class]!.verb, '')),
    evidence: { ...crowd[0]!.evidence, changes: [...new Set(crowd.flatMap(({ evidence }) => evidence.changes))], facts: [...new Set(crowd.flatMap(({ evidence }) => evidence.facts))] },
  }));
  const folded = new Set(crowds.flat());
  return [...found.filter((one) => !folded.has(one)), ...together];
}

const CROWDS: Partial<Readonly<Record<ConsequenceClass, { readonly verb: RegExp; readonly title: (count: number) => string }>>> = {
  'object-deleted': { verb: /^deletes /, title: (count) => `deletes ${count} objects` },
  'pods-restart': { verb: /^restarts the pods of /, title: (count) => `restarts the pods of ${count} workloads` },
};

/** What is told of many in the same words is told of all at once. */
function alikeAtOnce(found: readonly Consequence[]): Consequence[] {
  const groups = new Map<string, { readonly one: Consequence; readonly subject: string }[]>();
  for (const one of found) {
    const subject = SUBJECT.exec(one.title)?.[0];
    if (subject === undefined || one.affected.length > 0) continue;
    const key = JSON.stringify([one.class, one.severity, one.title.replace(subject, kindOf(subject)), one.advice.map((step) => step.replaceAll(nameOf(subject), ''))]);
    groups.set(key, [...(groups.get(key) ?? []), { one, subject }]);
  }
  const alike = [...groups.values()].filter(({ length }) => length > MOST_ALONE);
  const told = new Set(alike.flatMap((group) => group.map(({ one }) => one)));
  return [...found.filter((one) => !told.has(one)), ...alike.map((group): Consequence => {
    const [{ one }, ...others] = group as [typeof group[number], ...typeof group];
    const all = group.map(({ one: { evidence } }) => evidence);
    return {
      ...one,
      title: `${one.title}; and ${others.length} more like it`,
      affected: others.map(({ subject }) => subject),
      appliers: [...new Set(group.flatMap(({ one: { appliers } }) => appliers))],
      evidence: { ...one.evidence, changes: [...new Set(all.flatMap(({ changes }) => changes))], facts: [...new Set(all.flatMap(({ facts }) => facts))] },
    };
  })];
}

/** What a title is about: a kind, and a name that may lie in a namespace. */
const SUBJECT = /(?:Flux Kustomization|\b[A-Z][A-Za-z]+) (?!Kustomization)(?:[\w.${}-]+\/)?[\w.${}-]*[\w}](?=[ ,:]|$)/;

function kindOf(subject: string): string {
  return subject.slice(0, subject.lastIndexOf(' '));
}

function nameOf(subject: string): string {
  return subject.slice(subject.lastIndexOf('/') + 1).replace(/^.* /, '');
}

const MOST_ALONE = 3;

const SEVERITIES = ['danger', 'warning', 'notice'];
const ORDER = Object.keys(CONSEQUENCE_CLASSES) as ConsequenceClass[];

/** The worst first. */
export function ranked(found: readonly Consequence[]): Consequence[] {
  const rankOf = ({ severity, class: name }: Consequence): number => SEVERITIES.indexOf(severity) * 100 + ORDER.indexOf(name);
  return [...found].sort((a, b) => rankOf(a) - rankOf(b) || (a.title < b.title ? -1 : a.title > b.title ? 1 : 0));
}
