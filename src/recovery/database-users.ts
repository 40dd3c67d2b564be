import type { AppliedObject } from '../model/applied-object';
import { mappingAt, numberAt, textAt } from '../model/fields';
import type { FluxKustomization } from '../model/flux-kustomization';
import type { LiveDatabase } from './live-database';
import { applicationDatabase } from './recovered-spec';
import { textsIn } from './texts';

/** Something that runs and connects to a database. */
export interface DatabaseUser {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** How many run, as far as the tree says. */
  readonly replicas: number;
  readonly kustomization: FluxKustomization;
}

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Rollout', 'HelmRelease']);

/** What connects to a database, by the names of its Services and Secrets, and by ConfigMaps that hold those. */
export function databaseUsers(database: LiveDatabase): DatabaseUser[] {
  const applied = database.cluster.kustomizations.flatMap((kustomization) => kustomization.objects.map((object) => ({ kustomization, object, namespace: object.namespace ?? 'default' })));
  const isNamed = mentions(database);
  const carriers = new Set(applied.filter(({ object: { kind, data }, namespace }) => ['ConfigMap', 'Secret'].includes(kind) && isNamed(data, namespace)).map(({ object: { name }, namespace }) => `${namespace}/${name}`));
  return applied.flatMap(({ kustomization, object: { kind, name, data }, namespace }): DatabaseUser[] => {
    if (!WORKLOADS.has(kind)) return [];
    const connects = isNamed(data, namespace) || [...textsIn(data)].some((text) => carriers.has(`${namespace}/${text}`));
    return connects ? [{ kind, namespace, name, replicas: numberAt(data, 'spec.replicas') ?? scaledTo(applied, kind, namespace, name), kustomization }] : [];
  });
}

function mentions(database: LiveDatabase): (data: unknown, from: string) => boolean {
  const { name, namespace, spec } = database;
  const secrets = new Set([`${name}-app`, `${name}-superuser`, textAt(applicationDatabase(database), 'secret.name'), textAt(spec, 'superuserSecret.name')]);
  const [host, domain] = [name, namespace].map((word) => word.replace(/[^\w-]/g, '\\$&'));
  const here = new RegExp(`(^|[^a-z0-9-])${host}-(rw|ro|r)($|[^a-z0-9-])`);
  const elsewhere = new RegExp(`(^|[^a-z0-9-])${host}-(rw|ro|r)\\.${domain}($|[^a-z0-9-])`);
  return (data, from) => {
    for (const text of textsIn(data)) if (from === namespace ? secrets.has(text) || here.test(text) : elsewhere.test(text)) return true;
    return false;
  };
}

/** Without a number of its own, an autoscaler has it. */
function scaledTo(applied: readonly { readonly object: AppliedObject; readonly namespace: string }[], kind: string, namespace: string, name: string): number {
  const scaler = applied.find(({ object, namespace: where }) => object.kind === 'HorizontalPodAutoscaler' && where === namespace && textAt(mappingAt(object.data, 'spec.scaleTargetRef'), 'kind') === kind && textAt(object.data, 'spec.scaleTargetRef.name') === name);
  return numberAt(scaler?.object.data, 'spec.minReplicas') ?? 1;
}
