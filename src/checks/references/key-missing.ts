import { isMapping, listAt, textAt, type Data } from '../../model/fields';
import { isPlaceholder } from '../../model/set-aside';
import { nearestTo } from '../../nearest';
import type { CheckContext } from '../check-context';
import { place } from '../graph/cluster-facts';
import { memoized } from '../memoized';
import type { Rule } from '../rule';
import { inventoryOf } from './inventory';
import { isSettledIn } from './is-settled';
import { referencesOfCluster } from './references-of-cluster';
import type { Subject } from './subjects';

export const keyMissing: Rule = {
  id: 'key-missing',
  severity: 'error',
  why: 'A pod that asks for a key which its ConfigMap or Secret does not have does not start, and a HelmRelease whose values lie under a missing key is not installed.',
  example: `valueFrom:
  secretKeyRef:
    name: database
    key: pasword # the Secret has "password"`,
  fix: 'name a key that it has, add the key, or mark the reference "optional: true"',
  link: 'https://kubernetes.io/docs/concepts/configuration/configmap/#using-configmaps',

  *find(context) {
    for (const cluster of context.clusters) {
      for (const { reference: { target, namespace, name, keys: wanted = [] }, subject } of referencesOfCluster(cluster)) {
        if (wanted.length === 0 || namespace === undefined || isPlaceholder(name)) continue;
        const [only, ...others] = inventoryOf(context, cluster).findAll(target, namespace, name);
        if (only?.subject === undefined || others.length > 0) continue;
        const keys = keysOf(context, only.subject);
        if (keys === undefined) continue;
        for (const { key, path } of wanted) {
          if (keys.includes(key) || isPlaceholder(key) || !isSettledIn(context, subject, String(path.at(-1)))) continue;
          const nearest = nearestTo(key, keys);
          yield {
            at: { object: { ...subject.object, namespace: subject.identity.namespace }, path },
            message: `asks for the key ${key} of the ${target.kind} ${namespace}/${name}, which has ${listed(keys)}`,
            fix: nearest === undefined ? undefined : `write ${JSON.stringify(nearest)}, if that is meant`,
            in: subject.applier === undefined ? undefined : place(cluster, subject.applier),
          };
        }
      }
    }
  },
};

/** The keys of a ConfigMap or Secret; undefined where something else may add some. */
function keysOf(context: CheckContext, subject: Subject): string[] | undefined {
  const { data, generatedBy, source, name } = subject.object;
  if ((generatedBy !== undefined || source === undefined) && !context.rendered) return undefined;
  if (!context.rendered && generatedNames(context).has(name)) return undefined;
  if (textAt(data, 'type') === 'kubernetes.io/service-account-token' || IS_FILLED.test(JSON.stringify(data['metadata'] ?? ''))) return undefined;
  if (!isSettledIn(context, subject, 'data', 'stringData', 'binaryData')) return undefined;
  const keys = ['data', 'stringData', 'binaryData'].flatMap((field) => (isMapping(data[field]) ? Object.keys(data[field] as Data) : []));
  // an empty one waits for somebody to fill it
  return keys.length === 0 || keys.some(isPlaceholder) ? undefined : keys;
}

/** Notes by which controllers fill what others make, and by which Flux leaves to others what is in the cluster. */
const IS_FILLED = /inject|"kustomize\.toolkit\.fluxcd\.io\/(ssa|reconcile)"|replicate-from|reflects/;

/** Generators that add to a ConfigMap or Secret of the same name do so when it is rendered. */
const generatedNames = memoized(({ repository }: CheckContext) => new Set([...repository.kustomizations.values()].flatMap(({ data }) => (
  [...listAt(data, 'configMapGenerator'), ...listAt(data, 'secretGenerator')].flatMap((generator) => textAt(generator, 'name') ?? [])
))));

function listed(keys: readonly string[]): string {
  return keys.length <= 5 ? keys.join(', ') : `${keys.slice(0, 5).join(', ')} and ${keys.length - 5} more`;
}
