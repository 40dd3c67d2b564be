import type { AppliedObject } from '../../model/applied-object';
import { ApplyOrder } from '../../model/apply-order';
import { at, listAt, textAt } from '../../model/fields';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import { mayBePatched } from '../../model/patch-reach';
import { isPlaceholder } from '../../model/set-aside';
import { identityKey, type ObjectIdentity } from '../../model/source-object';
import { isClusterScoped } from '../../tree/cluster-scoped';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';

/** Which Kustomizations of a cluster come before which. */
export const orderOf = memoized((cluster: Cluster) => new ApplyOrder(cluster));

/** Whether it depends on one that is not there: the one that is meant may be what it lacks otherwise. */
export function dependsOnUnknown(cluster: Cluster, kustomization: FluxKustomization): boolean {
  return orderOf(cluster).dependenciesOf(kustomization).some((dependency) => dependency.kustomization === undefined);
}

/** An object under the name and namespace that Flux gives it. */
export interface Named {
  readonly object: AppliedObject;
  readonly kustomization: FluxKustomization;
  readonly identity: ObjectIdentity;
}

/** Everything that the Kustomizations of a cluster apply, by identity. What has yet to get its name is left out. */
export const appliedIn = memoized((cluster: Cluster): ReadonlyMap<string, readonly Named[]> => {
  const found = new Map<string, Named[]>();
  for (const kustomization of cluster.kustomizations) {
    for (const named of namedIn(kustomization)) {
      const key = identityKey(named.identity);
      const same = found.get(key);
      if (same === undefined) found.set(key, [named]);
      else same.push(named);
    }
  }
  return found;
});

/** What one Kustomization applies. Rendered objects have Flux's names already; giving them once more changes nothing. */
export const namedIn = memoized((kustomization: FluxKustomization): readonly Named[] => {
  const targetNamespace = textAt(kustomization.data, 'spec.targetNamespace');
  const [prefix, suffix] = [textAt(kustomization.data, 'spec.namePrefix') ?? '', textAt(kustomization.data, 'spec.nameSuffix') ?? ''];
  return kustomization.objects.filter(({ name }) => name !== '' && !isPlaceholder(name)).map((object) => {
    const scoped = isClusterScoped(object.kind);
    const namespace = scoped ? undefined : targetNamespace ?? object.namespace;
    const name = object.name.startsWith(prefix) && object.name.endsWith(suffix) || scoped ? object.name : `${prefix}${object.name}${suffix}`;
    return { object, kustomization, identity: { ...object, namespace, name } };
  });
});

/** Kustomizations of which is unknown what they apply: built from elsewhere, broken, or with remote parts that were not fetched. */
export function openKustomizations(context: CheckContext, cluster: Cluster): readonly FluxKustomization[] {
  let found = open.get(cluster);
  if (found === undefined) open.set(cluster, (found = cluster.kustomizations.filter((one) => isOpen(context, one))));
  return found;
}

const open = new WeakMap<Cluster, readonly FluxKustomization[]>();

function isOpen({ walker, rendered, repository }: CheckContext, { path, failure, files, leftOut = [] }: FluxKustomization): boolean {
  if (path === undefined || !repository.isDirectory(path) || failure !== undefined || leftOut.length > 0) return true;
  return (!rendered && walker.walk(path).remote.length > 0) || [...files].some((file) => repository.errorIn(file) !== undefined);
}

/** Whether a Kustomization is ready only when what it applies is. What a patch may say counts as said. */
export function waits({ repository, rendered }: CheckContext, { data, parent, object }: FluxKustomization): boolean {
  if (at(data, 'spec.wait') === true || listAt(data, 'spec.healthChecks').length > 0) return true;
  return !rendered && (mayBePatched(repository, parent, object, 'wait') || mayBePatched(repository, parent, object, 'healthChecks'));
}

/** Whether a field of an object is known as it is in the cluster: nothing may patch it that has not been rendered. */
export function isSettled({ repository, rendered }: CheckContext, applier: FluxKustomization | undefined, object: Pick<ObjectIdentity, 'kind' | 'name'>, field: string): boolean {
  return rendered || !mayBePatched(repository, applier, object, field);
}

/** Whether a Kustomization comes up from another, in however many steps. */
export function isBelow({ parent }: FluxKustomization, ancestor: FluxKustomization): boolean {
  for (let above = parent; above !== undefined; above = above.parent) if (above === ancestor) return true;
  return false;
}

/** Whether a name stands in a file that cannot be read, so that what is called so may be there. */
export function isInBrokenFile({ repository }: CheckContext, name: string): boolean {
  return repository.broken.some(({ path }) => {
    const file = repository.tree.get(path);
    return file?.type === 'manifests' && file.text.includes(`name: ${name}`);
  });
}

/** A list as people say it, with the rest counted: `a, b and 3 more`. */
export function listed(words: readonly string[], most = 3): string {
  if (words.length <= most) return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
  return `${words.slice(0, most).join(', ')} and ${words.length - most} more`;
}

export function place(cluster: Cluster, { key }: FluxKustomization): string {
  return `${cluster.name}: ${key}`;
}
