import { at, listAt, type Data } from '../../model/fields';
import { isPlaceholder } from '../../model/set-aside';
import { nearestTo } from '../../nearest';
import { place } from '../graph/cluster-facts';
import type { Rule } from '../rule';
import { inventoryOf } from './inventory';
import { isSettledIn } from './is-settled';
import { isKind, SERVICE } from './object-reference';
import { referencesOfCluster } from './references-of-cluster';

export const servicePortMissing: Rule = {
  id: 'service-port-missing',
  severity: 'error',
  why: 'An Ingress or a route that sends to a port which the Service does not have is answered with an error, however well the Service is.',
  example: `backend:
  service:
    name: web
    port: {number: 8080} # the Service "web" has the port 80`,
  fix: 'name a port of the Service, not of the container behind it',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',

  *find(context) {
    for (const cluster of context.clusters) {
      for (const { reference, subject } of referencesOfCluster(cluster)) {
        const { target, namespace, name, port } = reference;
        if (port === undefined || !isKind(target, SERVICE) || isPlaceholder(`${name}${port.value}`)) continue;
        const service = inventoryOf(context, cluster).find(target, namespace, name)?.subject;
        if (service === undefined || at(service.object.data, 'spec.type') === 'ExternalName') continue;
        const ports = portsOf(service.object.data);
        if (ports.length === 0 || ports.some((one) => typeof one === 'string' && isPlaceholder(one)) || ports.some((one) => String(one) === String(port.value))) continue;
        if (!isSettledIn(context, subject, String(port.path.at(-1))) || !isSettledIn(context, service, 'ports', 'port')) continue;
        const same = ports.filter((one) => typeof one === typeof port.value);
        const meant = same.length === 1 ? same[0] : typeof port.value === 'string' ? nearestTo(port.value, same.map(String)) : undefined;
        yield {
          at: { object: { ...subject.object, namespace: subject.identity.namespace }, path: port.path },
          message: `leads to the port ${port.value} of the Service ${namespace}/${name}, which has ${same.length === 0 ? ports.join(', ') : same.join(', ')}`,
          fix: meant === undefined ? undefined : `write ${meant}`,
          in: subject.applier === undefined ? undefined : place(cluster, subject.applier),
        };
      }
    }
  },
};

/** Numbers and names. */
function portsOf(service: Data): unknown[] {
  return listAt(service, 'spec.ports').flatMap((port) => [at(port, 'port'), at(port, 'name')].filter((one) => one !== undefined));
}
