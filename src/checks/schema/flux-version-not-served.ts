import { DEFAULT_FLUX_RELEASE, type FluxRelease } from '../../flux/releases';
import { fluxVersionStatus, releaseOf } from '../../flux/served-versions';
import { listAt, textAt, type Step } from '../../model/fields';
import type { AppliedObject } from '../../model/applied-object';
import { installedFlux, servedByTree } from '../../model/flux-release';
import { isFluxKustomization } from '../../model/sources';
import { groupOf } from '../../model/source-object';
import type { Report, Rule } from '../rule';

export const fluxVersionNotServed: Rule = {
  id: 'flux-version-not-served',
  severity: 'error',
  why: 'An object of a version that the installed Flux does not serve is refused with "no matches for kind", and with it all that its Kustomization applies; in healthChecks it is never found.',
  example: `apiVersion: source.toolkit.fluxcd.io/v1beta2 # removed in Flux 2.8
kind: HelmRepository`,
  fix: 'write the apiVersion that the installed Flux serves, or install another release first',
  link: 'https://fluxcd.io/flux/releases/',
  spoilsObject: true,

  *find(context) {
    for (const cluster of context.clusters) {
      const installed = installedFlux(cluster, context.repository);
      const configured = context.settings.flux === undefined ? undefined : releaseOf(context.settings.flux);
      const flux: FluxHere = {
        release: installed?.release ?? configured ?? DEFAULT_FLUX_RELEASE,
        known: installed === undefined ? (configured === undefined ? undefined : 'fluxwright.yaml says so') : `${installed.file} installs it`,
        served: servedByTree(cluster),
      };
      const objects = [...cluster.kustomizations.flatMap((kustomization) => kustomization.objects.map((object) => ({ object, of: `${cluster.name}: ${kustomization.key}` }))), ...cluster.byHand.map((object) => ({ object, of: undefined }))];
      for (const { object, of } of objects) yield* notServed(object, flux, of);
    }
  },
};

interface FluxHere {
  readonly release: FluxRelease;
  /** How that is known; undefined where the newest release is assumed. */
  readonly known: string | undefined;
  /** What the CRDs of the tree serve. */
  readonly served: ReadonlyMap<string, readonly string[]>;
}

function* notServed(object: AppliedObject, flux: FluxHere, of: string | undefined): Generator<Report> {
  const own = problem(object.apiVersion, object.kind, flux);
  if (own !== undefined) yield { at: { object, path: ['apiVersion'] }, in: of, ...own };
  if (!isFluxKustomization(object)) return;
  for (const [index, check] of listAt(object.data, 'spec.healthChecks').entries()) {
    const path: Step[] = ['spec', 'healthChecks', index, 'apiVersion'];
    const found = problem(textAt(check, 'apiVersion') ?? '', textAt(check, 'kind') ?? '', flux);
    if (found !== undefined) yield { at: { object, path }, in: of, ...found, message: `the health check of ${textAt(check, 'name') ?? 'an object'}: ${found.message}` };
  }
}

function problem(apiVersion: string, kind: string, { release, known, served }: FluxHere): Pick<Report, 'message' | 'fix' | 'severity'> | undefined {
  const inTree = served.get(`${groupOf(apiVersion)}/${kind}`);
  const status = fluxVersionStatus(apiVersion, kind, release);
  if (status === undefined || status.status === 'served' || inTree?.includes(apiVersion.split('/')[1] ?? '') === true) return undefined;
  const write = status.write === undefined ? undefined : `write "apiVersion: ${status.write}"`;
  const here = known === undefined ? 'the newest release' : known;
  if (status.status === 'removed') {
    // an older Flux may well run there, and the object work
    return { message: `Flux ${status.in} removed ${kind} ${apiVersion}, and the cluster has Flux ${release} (${here})`, fix: write, severity: known === undefined ? 'warning' : 'error' };
  }
  if (status.status === 'not-yet') return { message: `${kind} ${apiVersion} came with Flux ${status.since}, and the cluster has Flux ${release} (${here})`, fix: write };
  return { message: `no release of Flux serves ${kind} in ${apiVersion}`, fix: write };
}
