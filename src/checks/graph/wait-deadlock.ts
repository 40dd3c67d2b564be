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
      for (const waiting of new Set(cluster.kustomizations.flatMap(({ parent }) => parent ?? []))) {
        if (order.directDependantsOf(waiting).length === 0) continue;
        const dependants = order.dependantsOf(waiting);
        for (const kustomization of dependants) {
          // a circle has its own rule
          if (!isWaitedFor(context, kustomization, waiting) || dependants.has(waiting) || !isSettled(context, kustomization.parent, kustomization.object, 'dependsOn')) continue;
          const by = order.dependenciesOf(kustomization).find((one) => one.kustomization === waiting || (one.kustomization !== undefined && dependants.has(one.kustomization)));
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

/** Whether everything on the way up, from what applies a Kustomization to `waiting`, waits for what it applies. */
function isWaitedFor(context: CheckContext, kustomization: FluxKustomization, waiting: FluxKustomization): boolean {
  let child = kustomization;
  for (let { parent } = child; parent !== undefined && waitsForChild(context, parent, child); child = parent, { parent } = child) if (parent === waiting) return true;
  return false;
}

function waitsForChild(context: CheckContext, { data, parent, object }: FluxKustomization, child: FluxKustomization): boolean {
  if (!isSettled(context, parent, object, 'wait')) return false;
  if (at(data, 'spec.wait') === true) return true;
  return listAt(data, 'spec.healthChecks').some((check) => textAt(check, 'kind') === 'Kustomization' && textAt(check, 'name') === child.name && (textAt(check, 'namespace') ?? child.namespace) === child.namespace);
}
