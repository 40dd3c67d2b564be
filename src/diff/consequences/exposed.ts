import { at, listAt, mappingAt, textAt, textsAt, type Data } from '../../model/fields';
import { isKustomizationPath } from '../../model/kustomization-file';
import { identityTitle } from '../../model/source-object';
import type { Consequence, Rule } from './consequence';
import type { PrunedObjects } from './pruned-objects';
import { evidenceOf, factOf, type World } from './world';

const INGRESS: Rule = { text: 'what a host of an Ingress, a route or a load balancer leads to can be reached from outside', link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/' };
const POLICY: Rule = { text: 'a pod that no NetworkPolicy selects takes traffic from everywhere', link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/' };
const ISSUER: Rule = { text: 'cert-manager issues the certificate anew, from another authority and with its limits', link: 'https://cert-manager.io/docs/usage/certificate/' };

interface Opening {
  readonly text: string;
  readonly rule: Rule;
}

/** Hosts, issuers and network policies that are opened. */
export function exposed(world: World, { pruned }: PrunedObjects): Consequence[] {
  // what comes back under another name opens nothing that was not open before
  const gone = new Set(world.changes.flatMap(({ type, subject, before }) => (type === 'removed' && subject.type === 'object' ? hostsOf(subject.kind, before!.content as Data) : [])));
  const opened = world.edits.flatMap(({ object, before, after, change, appliers, fields }): Consequence[] => (
    after === undefined ? [] : openings(object.kind, before, after, gone).map(({ text, rule }): Consequence => ({
      class: 'exposed', severity: 'warning', title: `${identityTitle(object)} ${text}`, affected: [],
      evidence: { changes: [change], facts: fields.length === 0 ? [factOf(change)] : fields.slice(0, 4).map((field) => factOf(change, field)), rule }, appliers, advice: [],
    }))
  ));
  const unguarded = pruned.filter(({ object }) => GUARDS.has(object.kind)).map(({ object, by, cluster }): Consequence => {
    const { changes, facts } = evidenceOf(world, [object.source?.file, ...[...by.files].filter(isKustomizationPath), by.object.source?.file], POLICY);
    return {
      class: 'exposed', severity: 'warning', title: `${identityTitle(object)} is deleted, and what it kept out comes in`, affected: [],
      evidence: { changes, facts: facts.slice(0, 4), rule: POLICY }, appliers: [world.names.applier(cluster, by.key)], advice: [],
    };
  });
  return [...opened, ...unguarded];
}

/** Kinds that keep something out as long as they are there. */
export const GUARDS: ReadonlySet<string> = new Set(['NetworkPolicy', 'CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy', 'AuthorizationPolicy', 'PeerAuthentication']);

function openings(kind: string, before: Data | undefined, after: Data, gone: ReadonlySet<string>): Opening[] {
  const had = new Set([...hostsOf(kind, before), ...gone]);
  const hosts = [...new Set(hostsOf(kind, after))].filter((host) => !had.has(host));
  return [
    ...(hosts.length === 0 ? [] : [{ text: `opens ${hosts.join(', ')}`, rule: INGRESS }]),
    ...(before === undefined ? [] : [...changedIssuer(kind, before, after), ...opensService(kind, before, after), ...opensPolicy(kind, before, after)]),
    ...(before === undefined && kind === 'Service' && isOpen(after) ? [{ text: `is of type ${textAt(after, 'spec.type')!}`, rule: INGRESS }] : []),
  ];
}

function hostsOf(kind: string, data: Data | undefined): string[] {
  if (kind === 'Ingress') return [...new Set(listAt(data, 'spec.rules').map((rule) => textAt(rule, 'host') ?? 'every host'))];
  if (kind === 'HTTPRoute' || kind === 'GRPCRoute' || kind === 'TLSRoute') return [...textsAt(data, 'spec.hostnames')];
  if (kind === 'VirtualService') return textsAt(data, 'spec.gateways').every((gateway) => gateway === 'mesh') ? [] : [...textsAt(data, 'spec.hosts')];
  if (kind === 'IngressRoute') return listAt(data, 'spec.routes').flatMap((route) => [...(textAt(route, 'match') ?? '').matchAll(/Host\(`([^`]+)`/g)].map(([, host]) => host!));
  if (kind === 'Gateway') return [...listAt(data, 'spec.servers').flatMap((server) => textsAt(server, 'hosts')), ...listAt(data, 'spec.listeners').flatMap((listener) => textAt(listener, 'hostname') ?? [])];
  return [];
}

const ISSUERS = ['cert-manager.io/cluster-issuer', 'cert-manager.io/issuer'];

function changedIssuer(kind: string, before: Data, after: Data): Opening[] {
  if (kind === 'ClusterIssuer' || kind === 'Issuer') {
    const [was, is] = [before, after].map((data) => textAt(data, 'spec.acme.server'));
    return was !== undefined && was !== is ? [{ text: `asks ${is ?? 'nobody'} for certificates in place of ${was}`, rule: ISSUER }] : [];
  }
  if (kind === 'Certificate') {
    const [was, is] = [before, after].map((data) => textAt(data, 'spec.issuerRef.name'));
    return was !== undefined && was !== is ? [{ text: `takes its certificate from ${is ?? 'nobody'} in place of ${was}`, rule: ISSUER }] : [];
  }
  return ISSUERS.flatMap((name) => {
    const [was, is] = [before, after].map((data) => textAt(data, ['metadata', 'annotations', name]));
    return was === is || was === undefined ? [] : [{ text: is === undefined ? `no longer has a certificate from ${was}` : `takes its certificate from ${is} in place of ${was}`, rule: ISSUER }];
  });
}

function isOpen(service: Data): boolean {
  const type = textAt(service, 'spec.type');
  return type === 'LoadBalancer' || type === 'NodePort';
}

function opensService(kind: string, before: Data, after: Data): Opening[] {
  if (kind !== 'Service') return [];
  if (isOpen(after) && !isOpen(before)) return [{ text: `becomes ${textAt(after, 'spec.type')!}`, rule: INGRESS }];
  const [was, is] = [before, after].map((data) => textsAt(data, 'spec.loadBalancerSourceRanges')) as [readonly string[], readonly string[]];
  if (was.length > 0 && is.length === 0) return [{ text: 'takes traffic from every address', rule: INGRESS }];
  const more = is.filter((range) => !was.includes(range));
  return was.length > 0 && more.length > 0 ? [{ text: `takes traffic from ${more.join(', ')}`, rule: INGRESS }] : [];
}

/** A NetworkPolicy allows more if it has a peer more, a rule more, or stands for a direction less. */
function opensPolicy(kind: string, before: Data, after: Data): Opening[] {
  if (kind !== 'NetworkPolicy') return [];
  const found: string[] = [];
  for (const direction of ['ingress', 'egress'] as const) {
    const had = new Set(listAt(before, ['spec', direction]).flatMap((rule) => peersOf(rule, direction)));
    const more = listAt(after, ['spec', direction]).flatMap((rule) => peersOf(rule, direction)).filter((peer) => !had.has(peer) && !had.has(`everywhere${portsOf(undefined)}`));
    if (more.length > 0) found.push(`${direction === 'ingress' ? 'from' : 'to'} ${[...new Set(more)].join(', ')}`);
  }
  const [was, is] = [before, after].map((data) => typesOf(data)) as [string[], string[]];
  for (const type of was) if (!is.includes(type)) found.push(`all ${type.toLowerCase()}`);
  if (JSON.stringify(mappingAt(before, 'spec.podSelector')) !== JSON.stringify(mappingAt(after, 'spec.podSelector'))) found.push('of other pods than before');
  return found.length === 0 ? [] : [{ text: `lets in or out more: ${found.join(', ')}`, rule: POLICY }];
}

function typesOf(policy: Data): string[] {
  const types = [...textsAt(policy, 'spec.policyTypes')];
  return types.length > 0 ? types : ['Ingress', ...(listAt(policy, 'spec.egress').length > 0 ? ['Egress'] : [])];
}

function peersOf(rule: unknown, direction: 'ingress' | 'egress'): string[] {
  const peers = listAt(rule, direction === 'ingress' ? 'from' : 'to');
  const ports = portsOf(rule);
  return peers.length === 0 ? [`everywhere${ports}`] : peers.map((peer) => `${textAt(peer, 'ipBlock.cidr') ?? JSON.stringify(peer)}${ports}`);
}

function portsOf(rule: unknown): string {
  const ports = listAt(rule, 'ports').map((port) => String(at(port, 'port') ?? 'all'));
  return ports.length === 0 ? '' : ` on port ${ports.join(', ')}`;
}
