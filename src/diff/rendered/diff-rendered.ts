import type { AppliedObject } from '../../model/applied-object';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import type { Repository } from '../../model/repository';
import { secretVariablesOf, withoutSecretVariables } from '../../model/secret-variables';
import { identityKey } from '../../model/source-object';
import type { FindDownload } from '../../render/closure';
import { SchemaSet } from '../../schema/schema-set';
import type { Applier, Diff, Limit } from '../changes';
import type { Consequence } from '../consequences/consequence';
import { findConsequences, ranked } from '../consequences/find-consequences';
import { isBuilt, leftBehind } from '../consequences/pruned-objects';
import { clusterPairs } from '../consequences/cluster-pairs';
import { diffTrees, type DiffQuestion } from '../diff-trees';
import { numbered } from '../diff-source';
import { groupChanges } from '../group-changes';
import { objectChange, type ObjectVersion, type Unnumbered } from '../objects/object-change';
import { pairObjects, type Placed } from '../objects/pair-objects';
import { listed } from '../output/wording';
import { differentFiles } from '../scope/different-files';
import { withSameFiles } from '../scope/same-files';
import { StageNames } from '../stage-names';
import { byHandApplier, type BuilderFor, type State } from '../state';
import { buildWhatDiffers } from './build-what-differs';
import { withCauses } from './with-causes';

export interface RenderedQuestion extends DiffQuestion {
  /** What builds a side as Flux does. */
  readonly builderFor: BuilderFor;
  readonly findDownload: FindDownload;
}

/**
 * What differs in what Flux would apply. Only Flux Kustomizations whose inputs are not the same on both sides are built; of
 * the others it is known what they are, and that they are the same.
 */
export async function diffRendered(question: RenderedQuestion): Promise<Diff> {
  const source = await diffTrees(question);
  const { before, sides, history } = question;
  const after = withSameFiles(before, question.after, differentFiles(before, question.after));
  const [was, is, built] = await buildWhatDiffers(before, after, question);

  const names = new StageNames([...was.clusters, ...is.clusters].map(({ name }) => name));
  const changes = numbered(changesBetween(was, is, built, names));
  const told = source.consequences.filter(isFromFiles).map((one) => ({ ...one, evidence: { ...one.evidence, changes: [] } }));
  const found = findConsequences({ before: was, after: is, changes, causes: source.changes, names, broken: new Map(source.broken.map(({ file, problem }) => [file, problem])), history });
  return {
    ...source,
    level: 'rendered',
    sides,
    changes,
    groups: groupChanges(changes),
    consequences: ranked([...withCauses(found.filter((one) => !isFromFiles(one)), source.changes, [was, is]), ...told]),
    limits: [...source.limits, ...limitsOf(was, is)],
    counts: { ...source.counts, rendered: { built: countBuilt([was, is], built), of: new Set([was, is].flatMap((state) => kustomizationsOf(state).map(({ cluster, one }) => `${cluster} ${one.key}`))).size } },
  };
}

/** What only files tell: what nothing applies, and who changed a marked line. */
const FROM_FILES: ReadonlySet<string> = new Set(['not-applied', 'image-by-hand']);

function isFromFiles({ class: name }: Consequence): boolean {
  return FROM_FILES.has(name);
}

interface Found extends ObjectVersion, Placed {}

function changesBetween(before: State, after: State, built: ReadonlySet<AppliedObject>, names: StageNames): Unnumbered[] {
  const schemas = new SchemaSet();
  return clustersNow(before, after).flatMap(({ name, ...pair }) => {
    const sides = [{ ...before, cluster: pair.before }, { ...after, cluster: pair.after }].map(({ repository, cluster }) => ({ repository, cluster, secretsOf: secretVariablesOf(repository, cluster) }));
    const failed = new Set([
      ...sides.flatMap(({ cluster: { kustomizations } }) => kustomizations).filter(({ failure }) => failure !== undefined),
      ...pair.after.kustomizations.filter((one) => !isBuilt(one)), // its path is not there: Flux stops, and deletes nothing
    ].map(({ key }) => key));
    const [was, is] = sides.map(({ repository, cluster, secretsOf }): Found[] => [
      ...cluster.kustomizations.filter(({ object, key }) => built.has(object) && !failed.has(key)).flatMap((one) => {
        const secret = secretsOf(one);
        return one.objects.map((object) => placed({ ...object, data: withoutSecretVariables(object, secret) }, one.key, names.applier(name, one.key)));
      }),
      ...appliedByHand(cluster, repository).map((object) => placed(object, '', byHandApplier({ ...cluster, name }, repository, names))),
    ]) as [Found[], Found[]];
    const found = pairObjects(was, is);
    const goesOn = new Set(leftBehind(pair.before, pair.after, before.repository).map(({ key }) => key));
    return [
      ...found.both.map(([one, other]) => inCluster(objectChange(one, other, schemas))),
      ...found.removed.filter((one) => !goesOn.has(one.place) && !isStillWritten(one, after)).map((one) => objectChange(one, undefined, schemas)),
      ...found.added.map((one) => objectChange(undefined, one, schemas)),
    ].filter((change) => change !== undefined);
  });
}

/** What a person applied is still there to be applied, though no Flux Kustomization lies beside it any more. */
function isStillWritten({ place, key, file }: Found, { repository }: State): boolean {
  return place === '' && file !== undefined && repository.objectsIn(file).some((object) => identityKey(object) === key);
}

/** What no Flux Kustomization of a cluster applies, and a person does; a patch is no object. */
function appliedByHand({ kustomizations, byHand }: Cluster, { objects }: Repository): AppliedObject[] {
  const applied = new Set(kustomizations.flatMap(({ files }) => [...files]));
  const whole = new Set(objects);
  return byHand.filter(({ source }) => source !== undefined && !applied.has(source.file) && whole.has(source));
}

/** The clusters that there are now, with what they were. Of one that is gone, Flux finds nothing any more, and deletes nothing. */
function clustersNow(before: State, after: State): { readonly name: string; readonly before: Cluster; readonly after: Cluster }[] {
  const pairs = clusterPairs({ before, after });
  const fresh = after.clusters.filter((cluster) => !pairs.some((pair) => pair.after === cluster));
  return [...pairs, ...fresh.map((cluster) => ({ name: cluster.name, before: { ...cluster, kustomizations: [], byHand: [] }, after: cluster }))].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function placed(object: AppliedObject, place: string, applier: Applier): Found {
  const { source, generatedBy } = object;
  const name = generatedBy === undefined ? object.name : object.name.replace(/-[a-z0-9]{10}$/, '');
  return {
    ...object, key: identityKey({ ...object, name }), place, file: source?.file ?? generatedBy ?? object.fetchedFrom, line: source?.line ?? 0,
    encrypted: source?.encrypted ?? false, appliers: [applier], markers: new Map(),
  };
}

/** In a cluster it does not matter which file an object is written in. */
function inCluster(change: Unnumbered | undefined): Unnumbered | undefined {
  if (change?.type !== 'moved' || change.before!.appliers[0] !== change.after!.appliers[0]) return change;
  return change.fields.length === 0 ? undefined : { ...change, type: 'changed' };
}

function kustomizationsOf({ clusters }: State): { readonly cluster: string; readonly one: FluxKustomization }[] {
  return clusters.flatMap(({ name, kustomizations }) => kustomizations.map((one) => ({ cluster: name, one })));
}

function countBuilt(states: readonly State[], built: ReadonlySet<AppliedObject>): number {
  return new Set(states.flatMap((state) => kustomizationsOf(state).filter(({ one }) => built.has(one.object)).map(({ cluster, one }) => `${cluster} ${one.key}`))).size;
}

/** What could not be built. What can no longer be built is a consequence, and told as one. */
function limitsOf(before: State, after: State): Limit[] {
  const failed = new Map<string, string[]>();
  const leftOut = new Map<string, Set<string>>();
  const failedBefore = new Set(kustomizationsOf(before).filter(({ one }) => one.failure !== undefined).map(({ cluster, one }) => `${cluster} ${one.key}`));
  for (const [state, when] of [[before, 'before'], [after, 'now']] as const) {
    for (const { cluster, one } of kustomizationsOf(state)) {
      const where = `${one.key} of ${cluster === '' ? 'the repository' : cluster}`;
      if (one.failure !== undefined && (when === 'before' || failedBefore.has(`${cluster} ${one.key}`))) {
        const reason = `cannot be built ${when}: ${one.failure}`;
        failed.set(reason, [...(failed.get(reason) ?? []), where]);
      }
      for (const url of one.leftOut ?? []) leftOut.set(url, (leftOut.get(url) ?? new Set()).add(where));
    }
  }
  return [
    ...[...failed].map(([reason, where]): Limit => ({ reason: `${listed(where)} ${reason}`, fix: 'mend what it says' })),
    ...[...leftOut].map(([url, where]): Limit => ({ reason: `${listed([...where])} ${where.size === 1 ? 'was' : 'were'} built without ${url}, which is in no cache`, fix: 'run: fluxwright upstream fetch' })),
  ];
}
