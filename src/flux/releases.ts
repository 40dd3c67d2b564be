/** Flux minor releases that fluxwright writes for, oldest first. */
export const fluxReleases = ['2.0', '2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '2.8', '2.9'] as const;

export type FluxRelease = (typeof fluxReleases)[number];

export const DEFAULT_FLUX_RELEASE: FluxRelease = '2.9';

export function isFluxRelease(text: string): text is FluxRelease {
  return (fluxReleases as readonly string[]).includes(text);
}

/** Whether `release` is `since` or newer. */
export function isAtLeast(release: FluxRelease, since: FluxRelease): boolean {
  return fluxReleases.indexOf(release) >= fluxReleases.indexOf(since);
}
