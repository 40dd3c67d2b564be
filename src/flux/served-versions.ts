import { fluxReleases, isAtLeast, type FluxRelease } from './releases';

/** From which release on a version of a kind is served, and which release removed it. */
interface Service {
  readonly since: FluxRelease;
  readonly until?: FluxRelease;
}

const beta1: Service = { since: '2.0', until: '2.7' };
const beta2: Service = { since: '2.0', until: '2.8' };

/** @see https://fluxcd.io/flux/releases/ */
const SERVED: Readonly<Record<string, Readonly<Record<string, Service>>>> = {
  'kustomize.toolkit.fluxcd.io/Kustomization': { v1beta1: beta1, v1beta2: beta2, v1: { since: '2.0' } },
  'source.toolkit.fluxcd.io/GitRepository': { v1beta1: beta1, v1beta2: beta2, v1: { since: '2.0' } },
  'source.toolkit.fluxcd.io/HelmRepository': { v1beta1: beta1, v1beta2: beta2, v1: { since: '2.3' } },
  'source.toolkit.fluxcd.io/HelmChart': { v1beta1: beta1, v1beta2: beta2, v1: { since: '2.3' } },
  'source.toolkit.fluxcd.io/Bucket': { v1beta1: beta1, v1beta2: beta2, v1: { since: '2.4' } },
  'source.toolkit.fluxcd.io/OCIRepository': { v1beta2: beta2, v1: { since: '2.6' } },
  'source.toolkit.fluxcd.io/ExternalArtifact': { v1: { since: '2.7' } },
  'helm.toolkit.fluxcd.io/HelmRelease': { v2beta1: beta1, v2beta2: { since: '2.2', until: '2.8' }, v2: { since: '2.3' } },
  'image.toolkit.fluxcd.io/ImageRepository': { v1beta1: beta1, v1beta2: { since: '2.0', until: '2.9' }, v1: { since: '2.7' } },
  'image.toolkit.fluxcd.io/ImagePolicy': { v1beta1: beta1, v1beta2: { since: '2.0', until: '2.9' }, v1: { since: '2.7' } },
  'image.toolkit.fluxcd.io/ImageUpdateAutomation': { v1beta1: beta1, v1beta2: { since: '2.3', until: '2.9' }, v1: { since: '2.7' } },
  'notification.toolkit.fluxcd.io/Receiver': { v1beta1: beta1, v1beta2: { since: '2.0', until: '2.9' }, v1: { since: '2.0' } },
  'notification.toolkit.fluxcd.io/Provider': { v1beta1: beta1, v1beta2: { since: '2.0', until: '2.9' }, v1beta3: { since: '2.2' } },
  'notification.toolkit.fluxcd.io/Alert': { v1beta1: beta1, v1beta2: { since: '2.0', until: '2.9' }, v1beta3: { since: '2.2' } },
};

/** What a release says of an apiVersion of one of Flux's kinds. */
export type FluxVersionStatus =
  | { readonly status: 'served' }
  | { readonly status: 'removed'; readonly in: FluxRelease; readonly write: string }
  | { readonly status: 'not-yet'; readonly since: FluxRelease; readonly write: string | undefined }
  | { readonly status: 'unknown-version'; readonly write: string | undefined };

/** Undefined for a kind that is none of Flux's. */
export function fluxVersionStatus(apiVersion: string, kind: string, release: FluxRelease): FluxVersionStatus | undefined {
  const [group = '', version = ''] = apiVersion.split('/');
  const versions = Object.hasOwn(SERVED, `${group}/${kind}`) ? SERVED[`${group}/${kind}`]! : undefined;
  if (versions === undefined) return undefined;
  const write = newest(versions, release);
  const best = write === undefined ? undefined : `${group}/${write}`;
  const service = Object.hasOwn(versions, version) ? versions[version]! : undefined;
  if (service === undefined) return { status: 'unknown-version', write: best };
  if (service.until !== undefined && isAtLeast(release, service.until)) return { status: 'removed', in: service.until, write: best! };
  return isAtLeast(release, service.since) ? { status: 'served' } : { status: 'not-yet', since: service.since, write: best };
}

function newest(versions: Readonly<Record<string, Service>>, release: FluxRelease): string | undefined {
  return Object.entries(versions).filter(([, { since, until }]) => isAtLeast(release, since) && (until === undefined || !isAtLeast(release, until))).at(-1)?.[0];
}

/** The release of a version such as `v2.4.0` or a range such as `2.x`; undefined for one that is not known. */
export function releaseOf(version: string): FluxRelease | undefined {
  const [, minor] = /^v?(2\.\d+)/.exec(version.trim()) ?? [];
  if (minor !== undefined) return fluxReleases.find((release) => release === minor);
  return /^v?2(\.[x*])?$/i.test(version.trim()) ? fluxReleases.at(-1) : undefined;
}
