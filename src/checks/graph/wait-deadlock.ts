import { at, listAt, textAt } from '../../model/fields';
import type { FluxKustomization } from '../../model/flux-kustomization';
import type { CheckContext } from '../check-context';
import type { Rule } from '../rule';
import { isSettled, orderOf, place } from './cluster-facts';

export const waitDeadlock: Rule = {
  id: 'wait-deadlock',
  severity: 'error',
  why: 'A Kustomization that waits for what it applies, and applies a Kustomization that depends on it, waits for ever: neither becomes ready before the other.',
  example: `# "cluster" applies "apps" and has "wait: true"; in "apps":
dependsOn:
  - name: cluster`,
  fix: 'drop the dependency, since what applies a Kustomization comes before it anyway, or set "wait: false" in the one that applies it',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#wait',

  *find(context) {
    for (const cluster of context.clusters) {
      const order = orderOf(cluster);
      for (const kustomization of cluster.kustomizations) {
        if (!isSettled(context, kustomization.parent, kustomization.object, 'dependsOn')) continue;
        const waited = order.waitsFor(kustomization);
        let child = kustomization;
        for (let parent = kustomization.parent; parent !== undefined && waitsForChild(context, parent, child); child = parent, parent = parent.parent) {
          if (!waited.has(parent) || waited.has(kustomization)) continue;
          const waiting = parent;
          const by = order.dependenciesOf(kustomization).find((one) => one.kustomization === waiting || (one.kustomization !== undefined && order.waitsFor(one.kustomization).has(waiting)));
          yield {
            at: { object: kustomization.object, path: ['spec', 'dependsOn', by?.index ?? 0] },
            message: `depends on ${by?.kustomization === waiting ? '' : `${by?.key}, and so on `}${waiting.key}, which applies it and waits until it is ready`,
            in: place(cluster, kustomization),
          };
        }
      }
    }
  },
};

function waitsForChild(context: CheckContext, { data, parent, object }: FluxKustomization, child: FluxKustomization): boolean {
  if (!isSettled(context, parent, object, 'wait')) return false;
  if (at(data, 'spec.wait') === true) return true;
  return listAt(data, 'spec.healthChecks').some((check) => textAt(check, 'kind') === 'Kustomization' && textAt(check, 'name') === child.name && (textAt(check, 'namespace') ?? child.namespace) === child.namespace);
}
