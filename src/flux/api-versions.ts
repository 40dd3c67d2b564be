import { UserError } from '../errors';
import { isAtLeast, type FluxRelease } from './releases';

/**
 * The apiVersion to write for each kind: from which Flux release on it is the newest that is served, newest first.
 * @see https://fluxcd.io/flux/releases/
 */
const VERSIONS = {
  Kustomization: ['kustomize.toolkit.fluxcd.io', { '2.0': 'v1' }],
  HelmRelease: ['helm.toolkit.fluxcd.io', { '2.3': 'v2', '2.2': 'v2beta2', '2.0': 'v2beta1' }],
  GitRepository: ['source.toolkit.fluxcd.io', { '2.0': 'v1' }],
  HelmRepository: ['source.toolkit.fluxcd.io', { '2.3': 'v1', '2.0': 'v1beta2' }],
  HelmChart: ['source.toolkit.fluxcd.io', { '2.3': 'v1', '2.0': 'v1beta2' }],
  Bucket: ['source.toolkit.fluxcd.io', { '2.4': 'v1', '2.0': 'v1beta2' }],
  OCIRepository: ['source.toolkit.fluxcd.io', { '2.6': 'v1', '2.0': 'v1beta2' }],
  ExternalArtifact: ['source.toolkit.fluxcd.io', { '2.7': 'v1' }],
  ImageRepository: ['image.toolkit.fluxcd.io', { '2.7': 'v1', '2.0': 'v1beta2' }],
  ImagePolicy: ['image.toolkit.fluxcd.io', { '2.7': 'v1', '2.0': 'v1beta2' }],
  ImageUpdateAutomation: ['image.toolkit.fluxcd.io', { '2.7': 'v1', '2.3': 'v1beta2', '2.0': 'v1beta1' }],
  Receiver: ['notification.toolkit.fluxcd.io', { '2.0': 'v1' }],
  Provider: ['notification.toolkit.fluxcd.io', { '2.2': 'v1beta3', '2.0': 'v1beta2' }],
  Alert: ['notification.toolkit.fluxcd.io', { '2.2': 'v1beta3', '2.0': 'v1beta2' }],
} as const satisfies Record<string, readonly [string, Partial<Record<FluxRelease, string>>]>;

export type FluxKind = keyof typeof VERSIONS;

export const fluxKinds = Object.keys(VERSIONS) as readonly FluxKind[];

/** @throws UserError `api-unknown-to-release` */
export function servedVersion(kind: FluxKind, release: FluxRelease): string {
  const [group, versions] = VERSIONS[kind] as readonly [string, Partial<Record<FluxRelease, string>>];
  const found = Object.entries(versions).find(([since]) => isAtLeast(release, since as FluxRelease));
  if (found === undefined) {
    throw new UserError('api-unknown-to-release', `Flux ${release} has no ${kind}`, `use a cluster with Flux ${Object.keys(versions).at(-1)!} or newer, or leave it out`);
  }
  return `${group}/${found[1]}`;
}
