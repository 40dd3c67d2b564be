import { at, listAt, mappingAt, textAt, type Data } from '../../model/fields';
import { identityKey, identityTitle } from '../../model/source-object';
import { directoryOf } from '../../tree/path';
import type { Change } from '../changes';
import { listed } from '../output/wording';
import type { Consequence, Rule } from './consequence';
import { findKustomization } from './cluster-pairs';
import { factOf, type World } from './world';

const SELECTORS: Rule = { text: 'commonLabels, and labels with includeSelectors, go into selectors, which the API server does not let anybody change', link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/commonlabels/' };
const REPOSITORY: Rule = { text: 'another repository is another image, whatever its tag: who may push there decides what runs', link: 'https://kubernetes.io/docs/concepts/containers/images/#image-names' };
const REPLICAS: Rule = { text: 'fewer pods serve the same requests, and the others are ended at once', link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#scaling-a-deployment' };

/** What a kustomization.yaml does to objects that stay as they are written. */
export function changedTransformers(world: World): Consequence[] {
  return world.changes.flatMap((change): Consequence[] => {
    const { subject, before, after } = change;
    if (subject.type !== 'file' || subject.role !== 'kustomization' || subject.comparedAs !== 'data' || before === undefined || after === undefined || before.appliers.length === 0 || after.appliers.length === 0) return [];
    const [was, is] = [before.content as Data, after.content as Data];
    return [...changedSelectors(world, change, was, is), ...otherRepositories(change, was, is), ...fewerReplicas(world, change, was, is)];
  });
}

const SELECTING: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job']);

function changedSelectors(world: World, change: Change, was: Data, is: Data): Consequence[] {
  if (JSON.stringify(selecting(was)) === JSON.stringify(selecting(is))) return [];
  const directory = directoryOf(change.after!.file!);
  const known = new Set(world.before.walker.walk(directory).objects.map(identityKey));
  const found = world.after.walker.walk(directory).objects.filter((object) => SELECTING.has(object.kind) && known.has(identityKey(object)));
  if (found.length === 0) return [];
  const isForced = change.after!.appliers.every((applier) => at(findKustomization(world.after, applier)?.data, 'spec.force') === true);
  return [{
    class: 'immutable-field', severity: 'danger',
    title: `changes the selectors of ${listed(found.map(identityTitle))}, which are immutable: ${isForced ? 'with force, Flux deletes and makes them anew' : 'Flux fails to apply it'}`,
    affected: [],
    evidence: { changes: [change], facts: change.fields.filter(({ steps }) => steps[0] === 'commonLabels' || steps[0] === 'labels').map((field) => factOf(change, field)), rule: SELECTORS },
    appliers: change.after!.appliers, advice: isForced ? [] : ['add the labels with labels: and includeSelectors: false, which leaves the selectors as they are'],
  }];
}

/** The labels that go into selectors, by their names. */
function selecting(data: Data): [string, unknown][] {
  const all = [mappingAt(data, 'commonLabels'), ...listAt(data, 'labels').filter((one) => at(one, 'includeSelectors') === true).map((one) => mappingAt(one, 'pairs'))];
  return all.flatMap((labels) => Object.entries(labels)).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Where one side leaves `newName` out: what both write is told as a change of an image. */
function otherRepositories(change: Change, was: Data, is: Data): Consequence[] {
  const [old, now] = [was, is].map((data) => new Map(listAt(data, 'images').map((image) => [textAt(image, 'name') ?? '', textAt(image, 'newName')]))) as [Map<string, string | undefined>, Map<string, string | undefined>];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((name): Consequence[] => {
    const [from, to] = [old.get(name), now.get(name)];
    if ((from ?? name) === (to ?? name) || (from !== undefined && to !== undefined)) return [];
    return [{
      class: 'image-repository', severity: 'warning', title: `takes the image ${name} from another repository with ${change.after!.file!}: ${from ?? name} → ${to ?? name}`, affected: [],
      evidence: { changes: [change], facts: change.fields.filter(({ steps }) => steps[0] === 'images').map((field) => factOf(change, field)), rule: REPOSITORY }, appliers: change.after!.appliers, advice: [],
    }];
  });
}

/** Where one side says nothing: then the object itself says it. */
function fewerReplicas(world: World, change: Change, was: Data, is: Data): Consequence[] {
  const [old, now] = [was, is].map((data) => new Map(listAt(data, 'replicas').map((one) => [textAt(one, 'name') ?? '', at(one, 'count')]))) as [Map<string, unknown>, Map<string, unknown>];
  const objects = world.after.walker.walk(directoryOf(change.after!.file!)).objects;
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((name): Consequence[] => {
    if (old.has(name) && now.has(name)) return [];
    const object = objects.find((one) => one.name === name && (one.kind === 'Deployment' || one.kind === 'StatefulSet'));
    if (object === undefined) return [];
    const written = at(object.data, 'spec.replicas') ?? 1;
    const [from, to] = [old.get(name) ?? written, now.get(name) ?? written];
    if (typeof from !== 'number' || typeof to !== 'number' || to >= from) return [];
    return [{
      class: 'replicas-lowered', severity: 'warning', title: `lowers the replicas of ${identityTitle(object)} with ${change.after!.file!}: ${from} → ${to}`, affected: [],
      evidence: { changes: [change], facts: change.fields.filter(({ steps }) => steps[0] === 'replicas').map((field) => factOf(change, field)), rule: REPLICAS }, appliers: change.after!.appliers, advice: [],
    }];
  });
}
