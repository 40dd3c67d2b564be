import { listAt, textAt } from '../../model/fields';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import { isPlaceholder } from '../../model/set-aside';
import type { ObjectIdentity } from '../../model/source-object';
import { baseName, directoryOf } from '../../tree/path';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';
import { inventoryOf } from './inventory';
import { mentionsOf } from './mentions';
import type { ObjectReference, TargetKind } from './object-reference';
import type { FoundReference } from './references-of-cluster';
import { makersOf, releasesOf, type Release } from './subjects';

/** Whether something that the tree does not show may make what is named: a chart, a controller, another repository. */
export function mayBeMade(context: CheckContext, cluster: Cluster, { subject, reference }: FoundReference): boolean {
  const { namespace, target, name } = reference;
  if (isOpen(context, cluster, namespace)) return true;
  const isKept = CUSTOM.has(target.kind) && inventoryOf(context, cluster).names(target, undefined).length > 0;
  // one that is there in another namespace is what others mean by that name
  if (isKept && namespace !== undefined && inventoryOf(context, cluster).namespacesWith(target, name).length > 0) return false;
  // who writes such objects down does not leave others of them to charts that do not say so
  if (!isKept && releasesOf(cluster).some((release) => isInReach(release.namespace, namespace) && !(release.subject === subject && reference.neededBy === 'flux') && chartMayMake(release, reference))) return true;
  if (makersOf(cluster).some(({ identity }) => isInReach(identity.namespace, namespace) && (isRunning(target) && namesFreely(identity) || (identity.name !== '' && name.includes(identity.name))))) return true;
  const { inCharts, inScripts } = mentionsOf(cluster);
  return inCharts.has(name) || (!isRunning(target) && inScripts.has(name));
}

/** Whether something may lie in a namespace that the tree does not show. */
export function isOpen(context: CheckContext, cluster: Cluster, namespace: string | undefined): boolean {
  const open = openNamespaces(context)(cluster);
  if (open === 'all') return true;
  return namespace === undefined ? cluster.kustomizations.some(({ path }) => path === undefined || !context.repository.isDirectory(path)) : open.has(namespace);
}

/** Whether pods may run in a namespace, and Services lie there, that the tree does not show. */
export function mayHoldOthers(context: CheckContext, cluster: Cluster, namespace: string | undefined): boolean {
  return isOpen(context, cluster, namespace)
    || releasesOf(cluster).some((release) => isInReach(release.namespace, namespace))
    || makersOf(cluster).some(({ identity }) => isInReach(identity.namespace, namespace));
}

function isInReach(namespace: string | undefined, wanted: string | undefined): boolean {
  return namespace === undefined || isPlaceholder(namespace) || wanted === undefined || namespace === wanted;
}

/** A chart names what it makes after its release, itself or its values; what serves and runs may have any name. */
function chartMayMake({ names, chart }: Release, { target, name, neededBy }: ObjectReference): boolean {
  if (target.group.includes('.') && chart !== undefined && CHARTS_WITHOUT_EXTRAS.has(chart)) return false;
  const isConfiguration = ['ConfigMap', 'Secret', 'PersistentVolumeClaim', 'ServiceAccount'].includes(target.kind);
  if (!CUSTOM.has(target.kind) && !(isConfiguration && neededBy !== 'route')) return true;
  return names.some((one) => isRelated(name, one));
}

/** Kinds that charts make seldom, and by a name of theirs. */
const CUSTOM: ReadonlySet<string> = new Set(['Issuer', 'ClusterIssuer', 'SecretStore', 'ClusterSecretStore', 'Gateway']);

/** Charts that bring the controllers of routes and certificates, and none of those. */
const CHARTS_WITHOUT_EXTRAS = new Set(['base', 'istiod', 'gateway', 'cni', 'ztunnel', 'cert-manager', 'external-secrets']);

/** Whether what a controller makes of an object may be called anything: of one without a namespace, and of a gateway, names tell. */
function namesFreely({ group, namespace }: ObjectIdentity): boolean {
  return namespace !== undefined && !group.startsWith('gateway.');
}

function isRunning({ group, kind }: TargetKind): boolean {
  return kind === 'Service' || group === 'apps';
}

/** Whether two names share a word, or one is part of the other. */
function isRelated(name: string, other: string): boolean {
  if (name.includes(other) || other.includes(name)) return true;
  const words = new Set(name.split(/[-.]/));
  return other.split(/[-.]/).some((word) => words.has(word) && !COMMON_WORDS.has(word));
}

const COMMON_WORDS = new Set(['app', 'chart', 'config', 'helm', 'k8s', 'kubernetes', 'secret', 'secrets', 'template']);

const openNamespaces = memoized((context: CheckContext) => memoized((cluster: Cluster): ReadonlySet<string> | 'all' => {
  const found = new Set<string>();
  for (const kustomization of cluster.kustomizations) {
    const unknown = unknownIn(context, kustomization);
    if (unknown === 'nothing') continue;
    const namespaces = namespacesOf(context, kustomization);
    if (namespaces.length === 0 && unknown === 'anything') return 'all';
    for (const namespace of namespaces) found.add(namespace);
    // what an upstream releases as a file goes to a namespace of its own
    if (namespaces.length === 0) for (const namespace of [kustomization.name, baseName(kustomization.path ?? '')]) found.add(namespace);
  }
  return found;
}));

/** What a Kustomization applies that cannot be seen: from another repository, broken, or from URLs that were not read. */
function unknownIn({ walker, rendered, repository }: CheckContext, { path, failure, leftOut = [], data }: FluxKustomization): 'nothing' | 'releases' | 'anything' {
  if (path === undefined || failure !== undefined) return 'anything';
  if (!rendered && listAt(data, 'spec.components').length > 0) return 'anything';
  const urls = rendered ? leftOut : repository.isDirectory(path) ? walker.walk(path).remote.map(({ reference }) => reference.target) : [];
  const bringing = urls.filter((url) => !/crd|customresourcedefinition/i.test(url));
  return bringing.length === 0 ? 'nothing' : bringing.every((url) => /^https?:\/\/[^?]+\.(ya?ml|json)$/.test(url)) ? 'releases' : 'anything';
}

/** The namespaces that a Kustomization shows to apply to. */
function namespacesOf({ walker, repository }: CheckContext, { data, objects, path, files }: FluxKustomization): string[] {
  const target = textAt(data, 'spec.targetNamespace');
  if (target !== undefined) return [target];
  const walked = path !== undefined && objects.length === 0 && repository.isDirectory(path) ? walker.walk(path) : { objects, files };
  const ofFiles = [...walked.files].flatMap((file) => textAt(repository.kustomizations.get(directoryOf(file))?.data, 'namespace') ?? []);
  const ofObjects = walked.objects.flatMap(({ namespace, kind, name }) => (kind === 'Namespace' ? name : namespace) ?? []);
  return [...new Set([...ofObjects, ...ofFiles])].filter((one) => one !== '');
}
