import { matchesObject } from '../../checks/object-pattern';
import type { CheckContext } from '../../checks/check-context';
import { inventoryOf } from '../../checks/references/inventory';
import { missingReferences } from '../../checks/references/missing-references';
import { isKind, SECRET } from '../../checks/references/object-reference';
import { listAt, mappingAt, textAt, type Data } from '../../model/fields';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import { isPlaceholder } from '../../model/set-aside';

/** A Secret that somebody has to make by hand, and what it is for. */
export interface NeededSecret {
  readonly namespace: string;
  readonly name: string;
  readonly use: SecretUse;
  /** Keys of its data that are asked for; none where the use says which, or nothing does. */
  readonly keys: readonly string[];
  /** Who names it: `Kustomization flux-system/apps`. */
  readonly neededBy: readonly string[];
}

export type SecretUse =
  | { readonly type: 'sops'; readonly keys: readonly ('age' | 'pgp')[]; readonly fingerprints: readonly string[] }
  | { readonly type: 'git' | 'helm' | 'registry'; readonly url: string | undefined }
  | { readonly type: 'certificate' | 'signature' | 'token' | 'kubeconfig' | 'values' | 'data' };

/** Every Secret that a cluster's objects name and nothing in its tree makes, as far as that shows; by namespace and name. */
export function neededSecrets(context: CheckContext, cluster: Cluster, madeByBootstrap: ReadonlySet<string>): NeededSecret[] {
  const found = new Map<string, NeededSecret>();
  const enter = (one: NeededSecret): void => {
    const key = `${one.namespace}/${one.name}`;
    const before = found.get(key);
    if (madeByBootstrap.has(key) || isPlaceholder(key)) return;
    found.set(key, before === undefined ? one : { ...before, keys: [...new Set([...before.keys, ...one.keys])], neededBy: [...new Set([...before.neededBy, ...one.neededBy])] });
  };
  for (const one of decryptionSecrets(context, cluster)) enter(one);
  for (const one of gitSecrets(context, cluster)) enter(one);
  // what the project lists as made by others is just what has to be made here
  const settings = { ...context.settings, outsiders: context.settings.outsiders.filter((pattern) => !matchesObject(pattern, { kind: 'Secret', namespace: 'any', name: 'any' }) && !pattern.startsWith('Secret/')) };
  for (const { cluster: of, reference, subject: { identity, object }, meant } of missingReferences({ ...context, settings })) {
    if (of !== cluster || !isKind(reference.target, SECRET) || reference.namespace === undefined || meant !== undefined) continue;
    const { kind, namespace, name } = identity;
    enter({ namespace: reference.namespace, name: reference.name, use: useOf(kind, reference.path, object.data), keys: reference.keys?.map(({ key }) => key) ?? [], neededBy: [`${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`] });
  }
  return [...found.values()].sort((a, b) => (`${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1));
}

function decryptionSecrets(context: CheckContext, cluster: Cluster): NeededSecret[] {
  return cluster.kustomizations.flatMap((one): NeededSecret[] => {
    const name = textAt(one.data, 'spec.decryption.secretRef.name');
    if (name === undefined || inventoryOf(context, cluster).find(SECRET, one.namespace, name) !== undefined) return [];
    return [{ namespace: one.namespace, name, use: sopsKeys(one), keys: [], neededBy: [`Kustomization ${one.key}`] }];
  });
}

function sopsKeys({ objects }: FluxKustomization): SecretUse {
  const metadata = objects.map(({ data, source }): Data => mappingAt(source?.data ?? data, 'sops'));
  const fingerprints = metadata.flatMap((sops) => listAt(sops, 'pgp').flatMap((entry) => textAt(entry, 'fp') ?? []));
  const keys = (['age', 'pgp'] as const).filter((kind) => metadata.some((sops) => listAt(sops, kind).length > 0));
  return { type: 'sops', keys, fingerprints: [...new Set(fingerprints)].sort() };
}

/** The credentials of the sources that a cluster begins with: "flux-system" is an outsider to the checks, since bootstrap makes it. */
function gitSecrets(context: CheckContext, cluster: Cluster): NeededSecret[] {
  return [...cluster.byHand, ...cluster.kustomizations.map(({ object }) => object)].flatMap(({ kind, group, data, namespace = 'flux-system', name, source }): NeededSecret[] => {
    const instance = source?.kind === 'FluxInstance' ? source : undefined;
    const secret = instance !== undefined ? textAt(instance.data, 'spec.sync.pullSecret') : group === 'source.toolkit.fluxcd.io' ? textAt(data, 'spec.secretRef.name') : undefined;
    if (secret === undefined || inventoryOf(context, cluster).find(SECRET, namespace, secret) !== undefined) return [];
    const [of, url] = instance !== undefined ? [textAt(instance.data, 'spec.sync.kind') ?? 'GitRepository', textAt(instance.data, 'spec.sync.url')] : [kind, textAt(data, 'spec.url')];
    return [{ namespace, name: secret, use: { type: sourceUse(of), url }, keys: [], neededBy: [`${instance?.kind ?? kind} ${namespace}/${instance?.name ?? name}`] }];
  });
}

function useOf(kind: string, path: readonly (string | number)[], data: Data): SecretUse {
  const field = String(path.at(-2));
  const url = textAt(data, 'spec.url') ?? textAt(data, 'spec.image');
  if (path.includes('certSecretRef')) return { type: 'certificate' };
  if (path.includes('verify')) return { type: 'signature' };
  if (path.includes('kubeConfig')) return { type: 'kubeconfig' };
  if (path.includes('imagePullSecrets')) return { type: 'registry', url: undefined };
  if (field === 'secretRef' && ['GitRepository', 'HelmRepository', 'OCIRepository', 'ImageRepository'].includes(kind)) return { type: textAt(data, 'spec.type') === 'oci' ? 'registry' : sourceUse(kind), url };
  if (kind === 'Provider' || kind === 'Receiver') return { type: 'token' };
  return { type: path.includes('valuesFrom') || path.includes('substituteFrom') ? 'values' : 'data' };
}

function sourceUse(kind: string): 'git' | 'helm' | 'registry' {
  return kind === 'GitRepository' ? 'git' : kind === 'HelmRepository' ? 'helm' : 'registry';
}
