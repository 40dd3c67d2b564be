import { listAt, textAt } from '../../model/fields';
import type { Cluster } from '../../model/flux-kustomization';
import { isPlaceholder } from '../../model/set-aside';
import { nearestTo } from '../../nearest';
import { place } from '../graph/cluster-facts';
import { memoized } from '../memoized';
import { isSettledIn } from '../references/is-settled';
import { mayHoldOthers } from '../references/may-be-made';
import { destinationsOf, serviceOfHost } from '../references/route-references';
import { subjectsOf, type Subject } from '../references/subjects';
import type { Rule } from '../rule';

export const subsetMissing: Rule = {
  id: 'subset-missing',
  severity: 'error',
  why: 'What a VirtualService sends to a subset that no DestinationRule defines is answered with 503.',
  example: `route:
  - destination: {host: web, subset: v3} # the DestinationRule of "web" has v1 and v2`,
  fix: 'name a subset of the DestinationRule for this host, or define it there',
  link: 'https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination',

  *find(context) {
    for (const cluster of context.clusters) {
      for (const subject of subjectsOf(cluster)) {
        const { object, identity: { group, kind, namespace }, applier } = subject;
        if (group !== 'networking.istio.io' || kind !== 'VirtualService' || namespace === undefined || !isSettledIn(context, subject, 'subset', 'host')) continue;
        for (const { host, subset, path } of destinationsOf(object.data)) {
          if (subset === undefined || isPlaceholder(`${host}${subset}${namespace}`)) continue;
          const rules = rulesOf(cluster).filter((rule) => hostKey(textAt(rule.object.data, 'spec.host') ?? '', rule.identity.namespace ?? '') === hostKey(host, namespace));
          const subsets = rules.flatMap((rule) => listAt(rule.object.data, 'spec.subsets').flatMap((one) => textAt(one, 'name') ?? []));
          if (subsets.some((one) => one === subset || isPlaceholder(one)) || !rules.every((rule) => isSettledIn(context, rule, 'subsets', 'name'))) continue;
          if (rules.length === 0 && (mayHoldOthers(context, cluster, namespace) || rulesOf(cluster).some((rule) => /[*$]/.test(textAt(rule.object.data, 'spec.host') ?? '')))) continue;
          const nearest = nearestTo(subset, subsets);
          yield {
            at: { object: { ...object, namespace }, path: [...path, 'subset'] },
            message: `sends to the subset ${subset} of ${host}, ${rules.length === 0 ? 'for which there is no DestinationRule' : `whose DestinationRule has ${subsets.length === 0 ? 'no subsets' : subsets.join(', ')}`}`,
            fix: nearest === undefined ? undefined : `write "subset: ${nearest}", if that is meant`,
            in: applier === undefined ? undefined : place(cluster, applier),
          };
        }
      }
    }
  },
};

const rulesOf = memoized((cluster: Cluster): readonly Subject[] => subjectsOf(cluster).filter(({ identity: { group, kind } }) => group === 'networking.istio.io' && kind === 'DestinationRule'));

/** The same for all spellings of a host. */
function hostKey(host: string, namespace: string): string {
  const service = serviceOfHost(host, namespace);
  return service === undefined ? host : `${service.namespace}/${service.name}`;
}
