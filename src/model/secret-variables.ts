import type { AppliedObject } from './applied-object';
import { isMapping, listAt, mappingAt, textAt, type Data } from './fields';
import type { Cluster, FluxKustomization } from './flux-kustomization';
import type { Repository } from './repository';
import type { ObjectIdentity } from './source-object';

interface SecretObject extends Pick<ObjectIdentity, 'group' | 'kind' | 'name'> {
  readonly data: Data;
}

/** The variables that come from Secrets, for each Flux Kustomization of a cluster. */
export function secretVariablesOf(repository: Pick<Repository, 'objects'>, { kustomizations, byHand }: Cluster): (kustomization: Pick<FluxKustomization, 'data'>) => ReadonlySet<string> {
  const secrets = new Map<string, SecretObject[]>();
  const all: Iterable<SecretObject>[] = [repository.objects, byHand, ...kustomizations.map(({ objects }) => objects)];
  for (const objects of all) for (const object of objects) if (object.kind === 'Secret' && object.group === '') secrets.set(object.name, [...(secrets.get(object.name) ?? []), object]);
  return ({ data }) => {
    const from = listAt(data, 'spec.postBuild.substituteFrom').filter((entry) => textAt(entry, 'kind') === 'Secret');
    const named = from.flatMap((entry) => secrets.get(textAt(entry, 'name') ?? '') ?? []); // of whatever namespace: rather one hidden too many
    return new Set(named.flatMap((secret) => ['data', 'stringData'].flatMap((field) => Object.keys(mappingAt(secret.data, field)))));
  };
}

/** An object with its substituted values, but for those that come from Secrets: of these the variable's name is left. */
export function withoutSecretVariables({ data, beforeSubstitution }: Pick<AppliedObject, 'data' | 'beforeSubstitution'>, secret: ReadonlySet<string>): Data {
  if (beforeSubstitution === undefined || secret.size === 0) return data;
  return shown(beforeSubstitution, data, (text) => [...text.matchAll(VARIABLE)].some(([, name]) => secret.has(name!))) as Data;
}

const VARIABLE = /\$\{?\s*([A-Za-z_][A-Za-z0-9_]*)/g;

function shown(before: unknown, after: unknown, isSecret: (text: string) => boolean): unknown {
  if (typeof before === 'string') return isSecret(before) ? before : after;
  if (Array.isArray(before) && Array.isArray(after)) return after.map((item, index) => shown(before[index], item, isSecret));
  if (!isMapping(before) || !isMapping(after)) return after;
  if (Object.keys(before).some(isSecret)) return before;
  return Object.fromEntries(Object.entries(after).map(([key, item]) => [key, shown(before[key], item, isSecret)]));
}
