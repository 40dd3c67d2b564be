import { at, listAt, textAt, type Data } from '../../model/fields';
import type { Cluster } from '../../model/flux-kustomization';
import type { CheckContext } from '../check-context';
import { place } from '../graph/cluster-facts';
import { memoized } from '../memoized';
import { inventoryOf } from '../references/inventory';
import { isSettledIn } from '../references/is-settled';
import { isOpen } from '../references/may-be-made';
import { referencesOf } from '../references/references-of-cluster';
import { subjectsOf, type Subject } from '../references/subjects';
import type { Rule } from '../rule';
import { keepsSolversOut } from './solver-policies';

export const acmeSolverBlocked: Rule = {
  id: 'acme-solver-blocked',
  severity: 'error',
  why: 'cert-manager answers an HTTP-01 challenge with a pod beside the Certificate or Ingress. The NetworkPolicies that Flux installs in flux-system let nothing but webhooks in from other namespaces: the challenge ends in a timeout (504), and the certificate is never issued.',
  example: `kind: Ingress
metadata:
  name: webhooks
  namespace: flux-system # with Flux's NetworkPolicies
  annotations: {cert-manager.io/cluster-issuer: letsencrypt} # which solves HTTP-01`,
  fix: 'add a NetworkPolicy to the namespace, with podSelector.matchLabels {acme.cert-manager.io/http01-solver: "true"} and ingress: [{from: [{namespaceSelector: {}}]}]',
  link: 'https://cert-manager.io/docs/configuration/acme/http01/',

  *find(context) {
    for (const cluster of context.clusters) {
      for (const subject of subjectsOf(cluster)) {
        const { object, identity: { kind, namespace }, applier } = subject;
        if (namespace === undefined || (kind !== 'Certificate' && kind !== 'Ingress')) continue;
        const reference = referencesOf(subject).find(({ target }) => target.group === 'cert-manager.io');
        if (reference === undefined) continue;
        const issuer = inventoryOf(context, cluster).find(reference.target, reference.namespace, reference.name)?.subject;
        if (issuer === undefined || !solvesHttp01(issuer.object.data) || !isSettledIn(context, issuer, 'solvers', 'acme', 'dns01')) continue;
        if (isOpen(context, cluster, namespace) || !isClosed(context, cluster, namespace)) continue;
        yield {
          at: { object: { ...object, namespace }, path: reference.path },
          message: `gets its certificate by HTTP-01 from the ${reference.target.kind} ${reference.name}, and the NetworkPolicies of ${namespace} keep the challenge from the solver's pod`,
          severity: policiesOf(cluster).isBootstrapped ? undefined : 'warning', // it may be bootstrapped without them
          in: applier === undefined ? undefined : place(cluster, applier),
        };
      }
    }
  },
};

/** Whether an issuer has no other way than HTTP-01, by pods of its own. */
function solvesHttp01(issuer: Data): boolean {
  const solvers = listAt(issuer, 'spec.acme.solvers');
  return solvers.length > 0 && solvers.every((solver) => at(solver, 'http01.ingress') !== undefined && at(solver, 'dns01') === undefined);
}

/** Whether the policies that are known to be in a namespace shut solvers out. */
function isClosed(context: CheckContext, cluster: Cluster, namespace: string): boolean {
  const { builtIn, others } = policiesOf(cluster);
  const policies = others.filter(({ identity }) => identity.namespace === namespace || identity.namespace === undefined);
  // those of other network plugins are read by none but them
  if (policies.some(({ identity, object }) => identity.group !== 'networking.k8s.io' && JSON.stringify(object.data).includes('http01-solver'))) return false;
  const plain = policies.filter(({ identity }) => identity.group === 'networking.k8s.io');
  if (!plain.every((policy) => isSettledIn(context, policy, 'ingress', 'podSelector', 'policyTypes'))) return false;
  return keepsSolversOut([...plain.map(({ object }) => object.data), ...(builtIn.has(namespace) ? FLUX_POLICIES : [])]);
}

const policiesOf = memoized((cluster: Cluster): { readonly builtIn: ReadonlySet<string>; readonly isBootstrapped: boolean; readonly others: readonly Subject[] } => {
  const all = subjectsOf(cluster);
  const operated = all.filter(({ object }) => object.kind === 'FluxInstance' && at(object.data, 'spec.cluster.networkPolicy') !== false);
  // flux bootstrap has yet to write them where none of its controllers is there
  const isBootstrapped = all.some(({ object }) => object.kind === 'FluxInstance' || (object.kind === 'Deployment' && object.name === 'source-controller') || (object.kind === 'NetworkPolicy' && object.name.startsWith('allow-')));
  const builtIn = isBootstrapped ? operated.map(({ identity, object }) => identity.namespace ?? textAt(object.data, 'metadata.namespace') ?? 'flux-system') : ['flux-system'];
  return { builtIn: new Set(builtIn), isBootstrapped, others: all.filter(({ identity }) => identity.kind.endsWith('NetworkPolicy')) };
});

/** What the Flux operator and flux bootstrap put into their namespace: in from the namespace itself, and for metrics. */
const FLUX_POLICIES: readonly Data[] = [
  { spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ podSelector: {} }] }] } },
  { spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 8080 }] }] } },
];
