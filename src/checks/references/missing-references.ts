import type { Cluster } from '../../model/flux-kustomization';
import { textAt } from '../../model/fields';
import { isPlaceholder } from '../../model/set-aside';
import { nearestTo } from '../../nearest';
import type { CheckContext } from '../check-context';
import { isInBrokenFile, place } from '../graph/cluster-facts';
import { memoized } from '../memoized';
import { matchesObject } from '../object-pattern';
import type { Report, Severity } from '../rule';
import { inventoryOf } from './inventory';
import { isKnownOutsider } from './known-outsiders';
import { mayBeMade } from './may-be-made';
import { isSettledIn } from './is-settled';
import { slip } from './name-typo';
import { isKind, SERVICE, type ObjectReference } from './object-reference';
import { referencesOfCluster, type FoundReference } from './references-of-cluster';
import { releasesOf, type Subject } from './subjects';

/** A name that nothing provides, with the first object that has it. */
export interface MissingReference extends FoundReference {
  readonly cluster: Cluster;
  /** In how many more places it is named. */
  readonly more: number;
  /** The name that was meant, if one differs from it by no more than a slip. */
  readonly meant: string | undefined;
}

/** What objects name and nothing provides, once for each name in a cluster. */
export const missingReferences = memoized((context: CheckContext): readonly MissingReference[] => context.clusters.flatMap((cluster) => {
  const found = new Map<string, MissingReference>();
  const isUsed = nameUse(cluster);
  for (const one of referencesOfCluster(cluster)) {
    const { reference, subject } = one;
    if (!isKnown(context, one) || inventoryOf(context, cluster).find(reference.target, reference.namespace, reference.name) !== undefined) continue;
    const key = `${keyOf(reference)}${reference.isOftenHandmade === true}`;
    const before = found.get(key);
    if (before !== undefined) {
      found.set(key, { ...before, more: before.more + 1 });
      continue;
    }
    if (isProvidedOutside(context, reference) || isInBrokenFile(context, reference.name)) continue;
    const meant = candidatesFor(context, cluster, reference).find((name) => isMeant(slip(reference.name, name), isUsed(reference, name)));
    if (meant === undefined && (reference.neededBy === 'chart' || mayBeMade(context, cluster, one))) continue;
    found.set(key, { subject, reference, cluster, more: 0, meant });
  }
  return [...found.values()];
}));

/** What a rule says of a missing object. */
export function reportMissing(context: CheckContext, missing: MissingReference, verb: string, severity?: Severity): Report {
  const { cluster, reference, subject: { object, applier, identity }, more } = missing;
  const title = `${reference.target.kind} ${reference.namespace === undefined ? '' : `${reference.namespace}/`}${reference.name}`;
  return {
    at: { object: { ...object, namespace: identity.namespace }, path: reference.path },
    message: `${verb} the ${title}, which nothing in this cluster makes${more === 0 ? '' : `, as ${more === 1 ? 'does 1 more place' : `do ${more} more places`}`}`,
    fix: fixFor(context, missing),
    severity,
    in: applier === undefined ? undefined : place(cluster, applier),
  };
}

function fixFor(context: CheckContext, { cluster, reference, meant, subject }: MissingReference): string | undefined {
  const { target, name, namespace } = reference;
  if (meant !== undefined) return `write ${JSON.stringify(lineOf(subject, reference, meant))}, if that is meant`;
  const inventory = inventoryOf(context, cluster);
  const elsewhere = inventory.namespacesWith(target, name);
  if (elsewhere.length > 0 && reference.neededBy === 'route' && subject.identity.kind !== 'Ingress') return `name it with its namespace: the ${target.kind} ${name} lies in ${elsewhere.join(' and ')}`;
  if (elsewhere.length > 0) return `have it in ${namespace}: the ${target.kind} ${name} lies in ${elsewhere.join(' and ')}, and is not seen from there`;
  const otherKind = KINDS_ALIKE.find(([one, other]) => one === target.kind && inventory.find({ group: target.group, kind: other }, CLUSTER_WIDE.test(other) ? undefined : namespace, name) !== undefined)?.[1];
  if (otherKind !== undefined) return `write "kind: ${otherKind}": that is what ${namespace === undefined || CLUSTER_WIDE.test(otherKind) ? '' : `${namespace}/`}${name} is`;
  const hashed = inventory.names(target, namespace).find((one) => one.startsWith(`${name}-`) && /^[a-z0-9]{10}$/.test(one.slice(name.length + 1)));
  if (hashed !== undefined) return `set "disableNameSuffixHash: true" for its generator, which makes it as ${hashed} and does not rewrite this name, or teach kustomize this field by a nameReference`;
  const unapplied = context.repository.objects.find((one) => one.kind === target.kind && one.group === target.group && one.name === name && (one.namespace ?? namespace) === namespace);
  if (unapplied !== undefined) return `have Flux apply ${unapplied.file}, which has it: no Kustomization of this cluster builds it`;
  const nearest = nearestTo(name, inventory.names(target, namespace));
  const outsider = namespace === undefined ? `${target.kind}/${name}` : `${target.kind}/${namespace}/${name}`;
  return `${nearest === undefined ? `add it, or` : `write ${JSON.stringify(lineOf(subject, reference, nearest))}, if that is meant; or`} list "${outsider}" under checks.outsiders in fluxwright.yaml, if something outside this repository makes it`;
}

/** Kinds that people take for each other. */
const KINDS_ALIKE: readonly (readonly [string, string])[] = [
  ['SecretStore', 'ClusterSecretStore'], ['ClusterSecretStore', 'SecretStore'], ['Issuer', 'ClusterIssuer'], ['ClusterIssuer', 'Issuer'],
  ['Deployment', 'StatefulSet'], ['StatefulSet', 'Deployment'], ['ConfigMap', 'Secret'], ['Secret', 'ConfigMap'],
];

const CLUSTER_WIDE = /^Cluster/;

/** The line with another name in it: what stands around the name, such as a namespace, stays. */
function lineOf({ object }: Subject, { path, name }: ObjectReference, meant: string): string {
  const field = path.at(-1);
  const value = (textAt(object.data, path) ?? name).replace(name, meant);
  return typeof field === 'string' ? `${field}: ${value}` : `- ${value}`;
}

/** Whether a reference is the one that the cluster has: written out, in the open, and left alone by patches. */
function isKnown(context: CheckContext, { subject, reference }: FoundReference): boolean {
  if (isPlaceholder(`${reference.name}${reference.namespace ?? ''}`) || /<<|^ENC\[/.test(reference.name)) return false;
  const field = String(reference.path.filter((step) => typeof step === 'string').at(-1));
  return isSettledIn(context, subject, field);
}

function isProvidedOutside({ settings }: CheckContext, { target, namespace, name }: ObjectReference): boolean {
  return isKnownOutsider(target, name) || settings.outsiders.some((pattern) => matchesObject(pattern, { ...target, namespace, name }));
}

/** A name that others use already is only meant where there is no doubt. */
function isMeant(likeness: ReturnType<typeof slip>, isUsed: boolean): boolean {
  return likeness === 'sure' || (likeness === 'likely' && !isUsed);
}

/** Whether something names an object already, so that another name is hardly a slip for it. */
function nameUse(cluster: Cluster): (reference: ObjectReference, name: string) => boolean {
  const used = new Set(referencesOfCluster(cluster).map(({ reference }) => keyOf(reference)));
  return (reference, name) => used.has(keyOf({ ...reference, name }));
}

/** The names that could have been meant. A chart mostly calls its Service like its release. */
function candidatesFor(context: CheckContext, cluster: Cluster, { target, namespace }: ObjectReference): string[] {
  const served = isKind(target, SERVICE) ? releasesOf(cluster).flatMap((release) => (release.namespace === namespace && release.names.length > 0 ? [release.names[0]!] : [])) : [];
  return [...inventoryOf(context, cluster).names(target, namespace), ...served];
}

function keyOf({ target, namespace, name }: ObjectReference): string {
  return `${target.group}/${target.kind}/${namespace ?? ''}/${name}`;
}
