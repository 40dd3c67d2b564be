import { at, isMapping, listAt, numberAt, textsAt, type Data } from '../../model/fields';
import { isSelected, labelSelector } from '../references/label-selector';

/** What cert-manager's solvers of HTTP-01 are labelled with, and where they listen. */
const SOLVER = { labels: { 'acme.cert-manager.io/http01-solver': 'true' }, port: 8089 };

/** Whether NetworkPolicies of a namespace keep the ingress controller, which runs in another, from the solver's pods. */
export function keepsSolversOut(policies: readonly Data[]): boolean {
  const selecting = policies.filter((policy) => isAboutIngress(policy) && isSelected(labelSelector(at(policy, 'spec.podSelector')), SOLVER.labels, new Set()));
  return selecting.length > 0 && !selecting.some((policy) => listAt(policy, 'spec.ingress').some(letsIn));
}

function isAboutIngress(policy: Data): boolean {
  const types = textsAt(policy, 'spec.policyTypes');
  return types.length === 0 || types.includes('Ingress');
}

/** Whether a rule lets in from other namespaces, at the solver's port. Which namespaces they are is not looked at. */
function letsIn(rule: unknown): boolean {
  const [from, ports] = [listAt(rule, 'from'), listAt(rule, 'ports')];
  const isFromOutside = from.length === 0 || from.some((peer) => isMapping(at(peer, 'namespaceSelector')) || at(peer, 'ipBlock') !== undefined);
  return isFromOutside && (ports.length === 0 || ports.some((port) => {
    const [first, last] = [at(port, 'port'), numberAt(port, 'endPort')];
    return typeof first !== 'number' || first === SOLVER.port || (last !== undefined && first <= SOLVER.port && SOLVER.port <= last);
  }));
}
