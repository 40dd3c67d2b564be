import type { AppliedObject } from '../../model/applied-object';
import { textAt } from '../../model/fields';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import { isPlaceholder } from '../../model/set-aside';
import type { ObjectIdentity } from '../../model/source-object';
import { isFluxKustomization } from '../../model/sources';
import { isClusterScoped } from '../../tree/cluster-scoped';
import { isCustomGroup, isFluxGroup } from '../graph/custom-resources';
import { memoized } from '../memoized';

/** An object of a cluster, with the name and namespace that it has there. */
export interface Subject {
  readonly object: AppliedObject;
  readonly identity: ObjectIdentity;
  /** What applies it; undefined for what a person does. */
  readonly applier: FluxKustomization | undefined;
}

/** All objects of a cluster, those that begin it included. Names may have variables in them. */
export const subjectsOf = memoized((cluster: Cluster): readonly Subject[] => [
  ...cluster.byHand.flatMap((object) => (isFluxKustomization(object) || object.group === 'kustomize.config.k8s.io' ? [] : [{ object, identity: isClusterScoped(object.kind) ? { ...object, namespace: undefined } : object, applier: undefined }])),
  ...cluster.kustomizations.flatMap((one) => (one.parent === undefined ? [{ object: one.object, identity: { ...one.object, namespace: one.namespace }, applier: undefined }] : [])),
  ...cluster.kustomizations.flatMap((applier) => applier.objects.map((object) => ({ object, identity: identityIn(applier, object), applier }))),
]);

function identityIn({ data }: FluxKustomization, object: AppliedObject): ObjectIdentity {
  if (isClusterScoped(object.kind)) return { ...object, namespace: undefined };
  return { ...object, namespace: textAt(data, 'spec.targetNamespace') ?? object.namespace };
}

/** By namespace; under undefined those of which it is not known. */
export function byNamespace<One extends { readonly subject: Subject }>(all: readonly One[]): ReadonlyMap<string | undefined, readonly One[]> {
  const found = new Map<string | undefined, One[]>();
  for (const one of all) {
    const same = found.get(one.subject.identity.namespace);
    if (same === undefined) found.set(one.subject.identity.namespace, [one]);
    else same.push(one);
  }
  return found;
}

/** A release of a chart, which makes objects that the tree does not show. */
export interface Release {
  readonly subject: Subject;
  /** Where it makes them; undefined if that is not known. */
  readonly namespace: string | undefined;
  /** The names that a chart builds others from. */
  readonly names: readonly string[];
  readonly chart: string | undefined;
}

export const releasesOf = memoized((cluster: Cluster): readonly Release[] => subjectsOf(cluster).flatMap((subject) => {
  const { identity: { group, kind, name, namespace }, object: { data } } = subject;
  const isRelease = (group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease') || (group === 'helm.cattle.io' && kind === 'HelmChart') || (group === 'argoproj.io' && kind === 'Application');
  if (!isRelease) return [];
  const into = textAt(data, 'spec.targetNamespace') ?? textAt(data, 'spec.destination.namespace') ?? namespace;
  const chart = textAt(data, 'spec.chart.spec.chart') ?? textAt(data, 'spec.chartRef.name') ?? textAt(data, 'spec.chart');
  const names = [name, chart, ...['releaseName', 'values.fullnameOverride', 'values.nameOverride'].map((field) => textAt(data, `spec.${field}`))];
  return [{ subject, chart, namespace: into === undefined || isPlaceholder(into) ? undefined : into, names: names.filter((one) => one !== undefined) }];
}));

/** Objects of which controllers make others, of which kind nobody here knows. */
export const makersOf = memoized((cluster: Cluster): readonly Subject[] => subjectsOf(cluster).filter(({ identity }) => isMaker(identity)));

function isMaker({ group, kind }: ObjectIdentity): boolean {
  return isCustomGroup(group) && !isFluxGroup(group) && !ISTIO.test(group) && !(INERT.test(group) && !MAKERS.has(kind)) && !INERT_KINDS.test(kind);
}

/** Groups of what others read, or what makes no more than produced.ts says. */
const INERT = /^((acme\.)?cert-manager\.io|monitoring\.coreos\.com|gateway\.networking\.k8s\.io|external-secrets\.io|bitnami\.com|snapshot\.storage\.k8s\.io|autoscaling\.k8s\.io|keda\.sh|traefik\.(io|containo\.us)|cilium\.io|externaldns\.k8s\.io|metallb\.io|flagger\.app|gateway\.envoyproxy\.io|networking\.gke\.io|elbv2\.k8s\.aws|karpenter\.(sh|k8s\.aws)|k8s\.cni\.cncf\.io|secrets-store\.csi\.x-k8s\.io|split\.smi-spec\.io|(policy\.)?linkerd\.io|postgresql\.cnpg\.io|barmancloud\.cnpg\.io)$/;

/** What Istio's own objects say goes to proxies that are there already. */
const ISTIO = /^(networking|security|telemetry|extensions)\.istio\.io$/;

/** Kinds of those groups that make pods and services nonetheless. */
const MAKERS: ReadonlySet<string> = new Set(['Prometheus', 'PrometheusAgent', 'Alertmanager', 'ThanosRuler', 'ScaledJob', 'GatewayClass', 'Gateway', 'EnvoyProxy']);

const INERT_KINDS = /^(Grafana(Dashboard|Datasource|Folder|ContactPoint|MuteTiming|AlertRuleGroup)|.*(Policy|PolicyBinding|ProviderConfig|Backup|BackupSchedule|Monitor|Rule|Dashboard|ResourceQuota)|Middleware|Telemetry|Silence)$/;
