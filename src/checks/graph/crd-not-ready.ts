import type { AppliedObject } from '../../model/applied-object';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import type { CheckContext } from '../check-context';
import type { Report, Rule } from '../rule';
import { isBelow, orderOf, place, waits } from './cluster-facts';
import { crdInstallers, isFluxGroup } from './custom-resources';

export const crdNotReady: Rule = {
  id: 'crd-not-ready',
  severity: 'warning',
  why: 'An object whose CRD is not served yet is refused, and its whole Kustomization with it: in a new cluster it fails until the CRD is there, if it ever gets there. Beside its CRD, in one Kustomization, it does become ready: every release of Flux 2 applies CRDs and Namespaces before the rest, and waits until they are served. But no controller has started then: what a webhook of it has to check is refused until it has, and tried again.',
  example: `kind: Kustomization # applies Certificates; the CRDs come from "cert-manager-crds"
spec:
  path: ./certificates
  # dependsOn:
  #   - name: cert-manager-crds`,
  fix: 'install the CRD by a Kustomization of its own with "wait: true", and depend on that',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',

  *find(context) {
    for (const cluster of context.clusters) {
      for (const kustomization of cluster.kustomizations) yield* unready(context, cluster, kustomization);
    }
  },
};

/** One report for each Kustomization that installs CRDs too late: at the first of the objects, with the others counted. */
function* unready(context: CheckContext, cluster: Cluster, kustomization: FluxKustomization): Generator<Report> {
  const installers = crdInstallers(cluster);
  if (!kustomization.objects.some(({ group, kind }) => installers.has(`${group}/${kind}`) && !isFluxGroup(group))) return;
  const before = orderOf(cluster).before(kustomization);
  // what applies a Kustomization has applied its own CRDs before
  const late = new Map<FluxKustomization, AppliedObject[]>();
  for (const object of kustomization.objects) {
    const from = installers.get(`${object.group}/${object.kind}`);
    if (from === undefined || isFluxGroup(object.group)) continue;
    const ready = from.some((one) => before.has(one) && (waits(context, one) || isBelow(kustomization, one)));
    const installer = from.find((one) => before.has(one)) ?? from.find((one) => one === kustomization) ?? from[0];
    if (!ready && installer !== undefined) late.set(installer, [...(late.get(installer) ?? []), object]);
  }
  for (const [installer, [first, ...more]] of late) {
    const others = more.length === 0 ? '' : `, as for ${more.length} more object${more.length === 1 ? '' : 's'} here`;
    const own = installer === kustomization;
    const comesFirst = own || before.has(installer);
    const from = own ? `the same Kustomization, ${kustomization.key}` : `${installer.key}, which ${kustomization.key} ${comesFirst ? 'depends on' : 'does not depend on'}`;
    yield {
      at: { object: first! },
      message: `the CRD of ${first!.kind} is installed by ${from}${others}${comesFirst ? `: ${own ? 'Flux applies it first' : 'the CRD is there in time'}, but nothing waits for the controller that checks and serves it` : ''}`,
      fix: own ? undefined : comesFirst ? `set "wait: true" in ${installer.key}` : `add "- name: ${installer.name}" to dependsOn of ${kustomization.key}${waits(context, installer) ? '' : `, and "wait: true" to ${installer.key}`}`,
      severity: comesFirst ? 'notice' : undefined,
      in: place(cluster, kustomization),
    };
  }
}
