import type { AppliedObject } from '../../model/applied-object';
import { listAt, textAt, type Data, type Step } from '../../model/fields';
import { kubernetesMinors } from '../../schema/kubernetes-schemas';
import { removedApi } from '../../schema/removed-apis';
import type { CheckContext } from '../check-context';
import type { Report, Rule } from '../rule';
import { place } from '../graph/cluster-facts';

export const kubernetesApiRemoved: Rule = {
  id: 'kubernetes-api-removed',
  severity: 'error',
  why: 'An object of an API that the cluster\'s Kubernetes no longer serves is refused with "no matches for kind", and with it all that its Kustomization applies: often not before the day the cluster is upgraded.',
  example: `apiVersion: policy/v1beta1 # removed in Kubernetes 1.25
kind: PodDisruptionBudget`,
  fix: 'write the version that is served, or drop the object; "checks.kubernetes" in fluxwright.yaml says which Kubernetes the clusters run',
  link: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',

  *find(context) {
    for (const cluster of context.clusters) {
      for (const object of cluster.byHand) yield* removedIn(object, context, undefined);
      for (const kustomization of cluster.kustomizations) {
        for (const object of kustomization.objects) yield* removedIn(object, context, place(cluster, kustomization));
      }
    }
  },
};

/** The object itself, and what it names with an apiVersion. */
function* removedIn(object: AppliedObject, context: CheckContext, of: string | undefined): Generator<Report> {
  for (const { apiVersion, kind, path, what } of [{ apiVersion: object.apiVersion, kind: object.kind, path: ['apiVersion'], what: '' }, ...named(object.data)]) {
    const removed = removedApi(apiVersion, kind);
    if (removed === undefined || isServed(removed.removedIn, context.settings.kubernetes)) continue;
    const known = context.settings.kubernetes !== undefined;
    yield {
      at: { object, path },
      message: `${what}Kubernetes ${removed.removedIn} removed ${kind} ${apiVersion}`,
      fix: removed.successor === undefined ? undefined : `write "apiVersion: ${removed.successor}"${apiVersion.endsWith('beta1') && !removed.successor.startsWith('autoscaling') ? ', and mend the fields that changed' : ''}`,
      // a cluster that nobody says the version of may be an old one, or not upgraded yet
      severity: known || minorOf(removed.removedIn) <= minorOf(kubernetesMinors()[0]!) ? 'error' : 'warning',
      in: of,
    };
  }
}

function isServed(removedIn: string, kubernetes: string | undefined): boolean {
  return kubernetes !== undefined && minorOf(kubernetes) < minorOf(removedIn);
}

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}

function named(data: Data): { readonly apiVersion: string; readonly kind: string; readonly path: readonly Step[]; readonly what: string }[] {
  const checks = listAt(data, 'spec.healthChecks').map((check, index) => ({ check, path: ['spec', 'healthChecks', index, 'apiVersion'], what: `the health check of ${textAt(check, 'name') ?? 'an object'}: ` }));
  return checks.map(({ check, ...rest }) => ({ apiVersion: textAt(check, 'apiVersion') ?? '', kind: textAt(check, 'kind') ?? '', ...rest }));
}
