import { at, listAt, textAt, type Data, type Step } from '../../model/fields';
import { GATEWAY, GATEWAY_CLASS, INGRESS_CLASS, ISTIO_GATEWAY, SECRET, SERVICE, type ObjectReference } from './object-reference';

type Routed = { readonly group: string; readonly kind: string; readonly data: Data };

/** Where an Ingress, a route of the Gateway API or one of Istio's leads, and what it is attached to. */
export function routeReferences({ group, kind, data }: Routed, namespace: string): ObjectReference[] {
  if (group === 'networking.k8s.io' && kind === 'Ingress') return ingressReferences(data, namespace);
  if (group === 'gateway.networking.k8s.io') return kind === 'Gateway' ? [...gatewayClass(data), ...listenerSecrets(data, namespace)] : kind.endsWith('Route') ? gatewayRouteReferences(data, namespace) : [];
  if (group === 'networking.istio.io') return kind === 'VirtualService' ? virtualServiceReferences(data, namespace) : kind === 'Gateway' ? istioGatewaySecrets(data) : [];
  return [];
}

function ingressReferences(data: Data, namespace: string): ObjectReference[] {
  const backend = (path: readonly Step[]): ObjectReference[] => {
    const service = at(data, [...path, 'service']);
    const name = textAt(service, 'name');
    if (name === undefined || name === '') return [];
    const [field, port] = at(service, 'port.name') === undefined ? ['number', at(service, 'port.number')] : ['name', at(service, 'port.name')];
    return [{ target: SERVICE, name, namespace, path: [...path, 'service', 'name'], neededBy: 'route', ...portOf(port, [...path, 'service', 'port', field]) }];
  };
  const className = textAt(data, 'spec.ingressClassName');
  return [
    ...backend(['spec', 'defaultBackend']),
    ...listAt(data, 'spec.rules').flatMap((rule, index) => listAt(rule, 'http.paths').flatMap((_, at) => backend(['spec', 'rules', index, 'http', 'paths', at, 'backend']))),
    ...listAt(data, 'spec.tls').flatMap((tls, index): ObjectReference[] => {
      const name = textAt(tls, 'secretName');
      return name === undefined || name === '' ? [] : [{ target: SECRET, name, namespace, path: ['spec', 'tls', index, 'secretName'], neededBy: 'route' }];
    }),
    ...(className === undefined || className === '' ? [] : [{ target: INGRESS_CLASS, name: className, namespace: undefined, path: ['spec', 'ingressClassName'], neededBy: 'route' as const }]),
  ];
}

function gatewayRouteReferences(data: Data, namespace: string): ObjectReference[] {
  const parents = attachedGateways(listAt(data, 'spec.parentRefs'), ['spec', 'parentRefs'], namespace);
  const backends = listAt(data, 'spec.rules').flatMap((rule, index) => [
    ...listAt(rule, 'backendRefs').flatMap((backend, at) => gatewayBackend(backend, namespace, ['spec', 'rules', index, 'backendRefs', at])),
    ...listAt(rule, 'filters').flatMap((filter, at_) => gatewayBackend(at(filter, 'requestMirror.backendRef'), namespace, ['spec', 'rules', index, 'filters', at_, 'requestMirror', 'backendRef'])),
  ]);
  return [...parents, ...backends];
}

/** What routes are attached to by `parentRefs`. */
export function attachedGateways(parents: readonly unknown[], path: readonly Step[], namespace: string): ObjectReference[] {
  return parents.flatMap((parent, index): ObjectReference[] => {
    const [name, group, kind] = [textAt(parent, 'name'), textAt(parent, 'group') ?? GATEWAY.group, textAt(parent, 'kind') ?? 'Gateway'];
    const target = group === GATEWAY.group && kind === 'Gateway' ? GATEWAY : group === '' && kind === 'Service' ? SERVICE : undefined;
    return target === undefined || name === undefined || name === '' ? [] : [{ target, name, namespace: textAt(parent, 'namespace') ?? namespace, path: [...path, index, 'name'], neededBy: 'route' }];
  });
}

function gatewayBackend(backend: unknown, namespace: string, path: readonly Step[]): ObjectReference[] {
  const name = textAt(backend, 'name');
  if (name === undefined || name === '' || (textAt(backend, 'kind') ?? 'Service') !== 'Service' || (textAt(backend, 'group') ?? '') !== '') return [];
  return [{ target: SERVICE, name, namespace: textAt(backend, 'namespace') ?? namespace, path: [...path, 'name'], neededBy: 'route', ...portOf(at(backend, 'port'), [...path, 'port']) }];
}

function gatewayClass(data: Data): ObjectReference[] {
  const name = textAt(data, 'spec.gatewayClassName') ?? '';
  return name === '' ? [] : [{ target: GATEWAY_CLASS, name, namespace: undefined, path: ['spec', 'gatewayClassName'], neededBy: 'route' }];
}

/** Where the solvers of an Issuer attach their routes; those of a ClusterIssuer are known where they say their namespace. */
export function solverReferences({ group, kind, data }: Routed, namespace: string | undefined): ObjectReference[] {
  if (group !== 'cert-manager.io' || !kind.endsWith('Issuer')) return [];
  return listAt(data, 'spec.acme.solvers').flatMap((solver, index) => {
    // without a namespace it is that of the challenge, which only an Issuer shares
    const parents = listAt(solver, 'http01.gatewayHTTPRoute.parentRefs').map((parent) => (namespace === undefined && textAt(parent, 'namespace') === undefined ? undefined : parent));
    return attachedGateways(parents, ['spec', 'acme', 'solvers', index, 'http01', 'gatewayHTTPRoute', 'parentRefs'], namespace ?? '');
  });
}

function listenerSecrets(data: Data, namespace: string): ObjectReference[] {
  return listAt(data, 'spec.listeners').flatMap((listener, index) => listAt(listener, 'tls.certificateRefs').flatMap((reference, at): ObjectReference[] => {
    const name = textAt(reference, 'name');
    if (name === undefined || name === '' || (textAt(reference, 'kind') ?? 'Secret') !== 'Secret') return [];
    return [{ target: SECRET, name, namespace: textAt(reference, 'namespace') ?? namespace, path: ['spec', 'listeners', index, 'tls', 'certificateRefs', at, 'name'], neededBy: 'route' }];
  }));
}

function virtualServiceReferences(data: Data, namespace: string): ObjectReference[] {
  return [
    ...istioGateways(data, ['spec', 'gateways'], namespace),
    ...destinationsOf(data).flatMap(({ host, port, path }): ObjectReference[] => {
      const service = serviceOfHost(host, namespace);
      return service === undefined ? [] : [{ target: SERVICE, ...service, path: [...path, 'host'], neededBy: 'route', ...portOf(port, [...path, 'port', 'number']) }];
    }),
  ];
}

/** Where a VirtualService sends requests, mirrors included. */
export function destinationsOf(data: Data): { readonly host: string; readonly subset: string | undefined; readonly port: unknown; readonly path: readonly Step[] }[] {
  const destination = (path: readonly Step[]): ReturnType<typeof destinationsOf> => {
    const host = textAt(data, [...path, 'host']);
    return host === undefined || host === '' ? [] : [{ host, subset: textAt(data, [...path, 'subset']), port: at(data, [...path, 'port', 'number']), path }];
  };
  return ['http', 'tcp', 'tls'].flatMap((protocol) => listAt(data, ['spec', protocol]).flatMap((rule, index) => {
    const path = ['spec', protocol, index];
    return [
      ...listAt(rule, 'route').flatMap((_, at) => destination([...path, 'route', at, 'destination'])),
      ...destination([...path, 'mirror']),
      ...listAt(rule, 'mirrors').flatMap((_, at) => destination([...path, 'mirrors', at, 'destination'])),
    ];
  }));
}

/** The gateways of a list as Istio reads it. */
export function istioGateways(data: Data, path: readonly Step[], namespace: string): ObjectReference[] {
  return listAt(data, path).flatMap((gateway, index) => {
    const reference = typeof gateway === 'string' ? istioGateway(gateway, namespace) : undefined;
    return reference === undefined ? [] : [{ target: ISTIO_GATEWAY, ...reference, path: [...path, index], neededBy: 'route' as const }];
  });
}

/** A gateway as Istio reads it: `name`, `namespace/name`, or a host as it was once written; undefined for all sidecars. */
export function istioGateway(text: string, namespace: string): { readonly name: string; readonly namespace: string } | undefined {
  if (text === 'mesh' || text === '') return undefined;
  const [first = '', second] = text.split('/');
  if (second !== undefined) return { name: second, namespace: first === '.' ? namespace : first };
  const [, name, of] = /^([^.]+)\.([^.]+)(\.svc(\..*)?)?$/.exec(text) ?? [];
  return name === undefined ? { name: text, namespace } : { name, namespace: of! };
}

/** The Service that a host of Istio means; undefined for a host outside the cluster, and for what may be one. */
export function serviceOfHost(host: string, namespace: string): { readonly name: string; readonly namespace: string } | undefined {
  if (!host.includes('.')) return { name: host, namespace };
  const [, name, of] = /^([^.*]+)\.([^.]+)\.svc(\.cluster\.local)?$/.exec(host) ?? [];
  return name === undefined ? undefined : { name, namespace: of! };
}

/** The Secret lies beside the gateway's pods, wherever those run. */
function istioGatewaySecrets(data: Data): ObjectReference[] {
  return listAt(data, 'spec.servers').flatMap((server, index): ObjectReference[] => {
    const name = textAt(server, 'tls.credentialName');
    return name === undefined || name === '' ? [] : [{ target: SECRET, name, namespace: undefined, path: ['spec', 'servers', index, 'tls', 'credentialName'], neededBy: 'route' }];
  });
}

function portOf(value: unknown, path: readonly Step[]): Pick<ObjectReference, 'port'> {
  return typeof value === 'string' || typeof value === 'number' ? { port: { value, path } } : {};
}
