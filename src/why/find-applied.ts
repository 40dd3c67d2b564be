import { UserError } from '../errors';
import type { AppliedObject } from '../model/applied-object';
import { at, isMapping, type Step } from '../model/fields';
import type { Cluster, FluxKustomization } from '../model/flux-kustomization';
import { nearestTo } from '../nearest';

export interface Applied {
  readonly cluster: Cluster;
  readonly kustomization: FluxKustomization;
  readonly object: AppliedObject;
}

/**
 * The objects that somebody means by `Deployment/web` or `Deployment/shop/web`, of the Flux Kustomizations of a name.
 * @throws UserError `reference-invalid` with the nearest that there is
 */
export function findApplied(clusters: readonly Cluster[], kustomization: string, object: string): Applied[] {
  const all = clusters.flatMap((cluster) => cluster.kustomizations.map((one) => ({ cluster, kustomization: one })));
  const own = all.filter((one) => one.kustomization.name === kustomization || one.kustomization.key === kustomization);
  if (own.length === 0) {
    const names = [...new Set(all.flatMap((one) => [one.kustomization.name, one.kustomization.key]))];
    const near = nearestTo(kustomization, names);
    throw new UserError('reference-invalid', `there is no Flux Kustomization "${kustomization}"`, near === undefined ? `name one of ${names.slice(0, 10).join(', ') || 'those that this repository has: it has none'}` : `write ${near}`);
  }
  const [kind = '', ...rest] = object.toLowerCase().split('/');
  const [name, namespace] = [rest.at(-1), rest.length > 1 ? rest[0] : undefined];
  const objects = own.flatMap((one) => one.kustomization.objects.map((applied) => ({ ...one, object: applied })));
  const found = objects.filter((one) => one.object.kind.toLowerCase() === kind && one.object.name === name && (namespace === undefined || one.object.namespace === namespace));
  if (found.length > 0) return found;
  const failure = own.find((one) => one.kustomization.failure !== undefined)?.kustomization.failure;
  const titles = [...new Set(objects.map((one) => `${one.object.kind}/${one.object.name}`))];
  const near = nearestTo(object, titles);
  throw new UserError('reference-invalid', `Kustomization ${kustomization} applies no ${object}${failure === undefined ? '' : `; it cannot be built: ${failure}`}`, near === undefined ? `name one of ${titles.slice(0, 10).join(', ')}` : `write ${near}`);
}

/**
 * A path that somebody typed, as steps into an object: items of lists by `[name=web]` or `[0]`, keys with dots as `["a.b/c"]`.
 * @throws UserError `reference-invalid` where the object has nothing there
 */
export function stepsOf(field: string, { data, kind, name }: AppliedObject): Step[] {
  const path: Step[] = [];
  for (const [, quoted, key, value, index, plain] of field.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\w+)=([^\]]*)\]|\[(\d+)\]|([^.[\]]+)/g)) {
    if (key !== undefined) {
      const list = at(data, path);
      const found = Array.isArray(list) ? list.findIndex((item) => isMapping(item) && String(item[key]) === value) : -1;
      if (found < 0) throw new UserError('reference-invalid', `${kind} ${name} has no ${field}`, 'name a field that "fluxwright render" prints');
      path.push(found);
    } else path.push(quoted ?? (index === undefined ? indexOrKey(data, path, plain!) : Number(index)));
  }
  if (at(data, path) === undefined) throw new UserError('reference-invalid', `${kind} ${name} has no ${field}`, 'name a field that "fluxwright render" prints');
  return path;
}

function indexOrKey(data: unknown, path: readonly Step[], step: string): Step {
  return Array.isArray(at(data, path)) && /^\d+$/.test(step) ? Number(step) : step;
}
