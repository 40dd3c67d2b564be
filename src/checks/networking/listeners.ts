import { at, listAt, mapping, numberAt, textAt, textsAt, type Data } from '../../model/fields';
import { isPlaceholder } from '../../model/set-aside';
import { isSelected, labelSelector } from '../references/label-selector';

/** A route, as a Gateway looks at it. */
export interface Attachment {
  readonly kind: string;
  readonly namespace: string;
  readonly hostnames: readonly string[];
  readonly sectionName: string | undefined;
  readonly port: number | undefined;
}

/** Labels of a namespace; undefined where the tree does not tell. */
export type NamespaceLabels = (namespace: string) => Readonly<Record<string, string>> | undefined;

/** Why none of a Gateway's listeners takes a route, in words; undefined if one does. */
export function refusal(gateway: Data, gatewayNamespace: string, route: Attachment, labelsOf: NamespaceLabels): string | undefined {
  const all = listAt(gateway, 'spec.listeners').map(mapping);
  let left = all;
  const narrow = (keep: (listener: Data) => boolean, otherwise: (before: readonly Data[]) => string): string | undefined => {
    const before = left;
    left = before.filter(keep);
    return left.length === 0 ? otherwise(before) : undefined;
  };
  if (all.length === 0) return undefined;
  return narrow(({ name }) => route.sectionName === undefined || name === route.sectionName || isPlaceholder(`${nameOf(name)}${route.sectionName}`), () => `has no listener ${route.sectionName}, but ${all.map(({ name }) => nameOf(name)).join(', ')}`)
    ?? narrow((listener) => route.port === undefined || numberAt(listener, 'port') === route.port, () => `has no listener at the port ${route.port}`)
    ?? narrow((listener) => takesKind(listener, route.kind), (before) => `takes no ${route.kind} at its ${listenerNames(before)}`)
    ?? narrow((listener) => takesNamespace(listener, gatewayNamespace, route.namespace, labelsOf), (before) => `takes no routes from the namespace ${route.namespace} at its ${listenerNames(before)}`)
    ?? narrow((listener) => takesHost(textAt(listener, 'hostname'), route.hostnames), (before) => `serves ${before.map((one) => textAt(one, 'hostname')).join(', ')}, and not ${route.hostnames.join(', ')}`);
}

function listenerNames(listeners: readonly Data[]): string {
  return `${listeners.length === 1 ? 'listener' : 'listeners'} ${listeners.map(({ name }) => nameOf(name)).join(', ')}`;
}

function nameOf(name: unknown): string {
  return typeof name === 'string' ? name : JSON.stringify(name) ?? 'one without a name';
}

/** What each protocol carries, where a listener does not say it. */
const KINDS: ReadonlyMap<string, readonly string[]> = new Map(Object.entries({
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TLS: ['TLSRoute', 'TCPRoute'],
  TCP: ['TCPRoute'],
  UDP: ['UDPRoute'],
}));

function takesKind(listener: Data, kind: string): boolean {
  const written = listAt(listener, 'allowedRoutes.kinds').flatMap((one) => textAt(one, 'kind') ?? []);
  const kinds = written.length > 0 ? written : KINDS.get(textAt(listener, 'protocol') ?? '');
  return kinds === undefined || kinds.includes(kind);
}

function takesNamespace(listener: Data, own: string, namespace: string, labelsOf: NamespaceLabels): boolean {
  const from = textAt(listener, 'allowedRoutes.namespaces.from') ?? 'Same';
  if (from === 'Same') return namespace === own;
  if (from !== 'Selector') return from !== 'None';
  const labels = labelsOf(namespace);
  return labels === undefined || isSelected(labelSelector(at(listener, 'allowedRoutes.namespaces.selector')), { ...labels, 'kubernetes.io/metadata.name': namespace }, new Set());
}

function takesHost(hostname: string | undefined, hostnames: readonly string[]): boolean {
  return hostname === undefined || hostname === '' || hostnames.length === 0 || isPlaceholder(`${hostname}${hostnames.join('')}`) || hostnames.some((one) => intersect(hostname, one));
}

/** Whether two hostnames have one in common; `*.` stands for one label or more. */
function intersect(a: string, b: string): boolean {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  if (left === right) return true;
  const below = (wild: string, name: string): boolean => wild.startsWith('*.') && name.endsWith(wild.slice(1)) && name.length > wild.length - 1;
  return below(left, right) || below(right, left);
}

/** A parentRef of a route with what the route says of itself. */
export function attachmentOf(route: Data, parent: unknown, kind: string, namespace: string): Attachment {
  return { kind, namespace, hostnames: textsAt(route, 'spec.hostnames'), sectionName: textAt(parent, 'sectionName'), port: numberAt(parent, 'port') };
}
