import { listAt, textAt } from '../../model/fields';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import { isPlaceholder } from '../../model/set-aside';
import { groupOf, identityKey, type ObjectIdentity } from '../../model/source-object';
import { nearestTo } from '../../nearest';
import { isClusterScoped } from '../../tree/cluster-scoped';
import type { CheckContext } from '../check-context';
import type { Report, Rule } from '../rule';
import { appliedIn, isSettled, openKustomizations, place } from './cluster-facts';
import { isCustomGroup, isFluxGroup } from './custom-resources';
import { helmReleasesOf } from './helm-releases';

export const healthCheckMissing: Rule = {
  id: 'health-check-missing',
  severity: 'error',
  why: 'A Kustomization whose healthChecks name something that does not exist fails when its timeout is over, at every reconciliation, and what depends on it never starts.',
  example: `spec:
  healthChecks:
    - apiVersion: apps/v1
      kind: Deployment
      name: sever # the Deployment is called "server"
      namespace: shop`,
  fix: 'name an object that the Kustomization applies, with its namespace, or set "wait: true" in place of healthChecks',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#health-checks',

  *find(context) {
    for (const cluster of context.clusters) {
      for (const kustomization of cluster.kustomizations) {
        if (isSettled(context, kustomization.parent, kustomization.object, 'healthChecks')) yield* missing(context, cluster, kustomization);
      }
    }
  },
};

function* missing(context: CheckContext, cluster: Cluster, kustomization: FluxKustomization): Generator<Report> {
  const applied = appliedIn(cluster);
  for (const [index, check] of listAt(kustomization.data, 'spec.healthChecks').entries()) {
    const [apiVersion = '', kind = '', name = ''] = [textAt(check, 'apiVersion'), textAt(check, 'kind'), textAt(check, 'name')];
    const namespace = isClusterScoped(kind) ? undefined : textAt(check, 'namespace');
    const wanted: ObjectIdentity = { apiVersion, group: groupOf(apiVersion), kind, namespace, name };
    if (kind === '' || name === '' || isPlaceholder(`${name}${namespace ?? ''}`) || applied.has(identityKey(wanted))) continue;
    if (cluster.byHand.some((object) => identityKey(object) === identityKey(wanted)) || mayBeMadeOtherwise(context, cluster, kustomization, wanted)) continue;
    const alike = [...applied.values()].flatMap(([first]) => (first !== undefined && first.identity.kind === kind && first.identity.group === wanted.group ? [first.identity] : []));
    const elsewhere = alike.find((one) => one.name === name);
    const nearest = nearestTo(name, alike.filter((one) => one.namespace === namespace).map((one) => one.name));
    yield {
      at: { object: kustomization.object, path: ['spec', 'healthChecks', index] },
      message: `checks the health of ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}, which nothing in this cluster applies`,
      fix: elsewhere !== undefined ? `write "namespace: ${elsewhere.namespace}": ${kind} ${name} lies there` : nearest === undefined ? undefined : `write "name: ${nearest}", if that is meant`,
      in: place(cluster, kustomization),
    };
  }
}

/** Whether a chart, a controller or another repository may bring what is checked. */
function mayBeMadeOtherwise(context: CheckContext, cluster: Cluster, { objects }: FluxKustomization, { group, kind, namespace }: ObjectIdentity): boolean {
  // what it applies of the kind in that namespace is known, and nobody checks what others bring
  if (objects.some((object) => object.kind === kind && object.group === group && (object.namespace ?? namespace) === namespace) && (isFluxGroup(group) || isCustomGroup(group))) return false;
  if (openKustomizations(context, cluster).length > 0) return true;
  if (isFluxGroup(group)) return cluster.kustomizations.some((one) => one.objects.some((object) => object.kind === 'ResourceSet'));
  if (objects.some((object) => object.kind === kind && object.group === group && isCustomGroup(group))) return false;
  if (isCustomGroup(group) || objects.some((object) => isCustomGroup(object.group) && !isFluxGroup(object.group))) return true;
  return helmReleasesOf(cluster).some(({ object, namespace: own }) => namespace === undefined || [own, textAt(object.data, 'spec.targetNamespace')].includes(namespace));
}
