import type { IConstruct } from 'constructs';
import { hasBrand } from './brand';
import type { GitopsApp } from './gitops-app';

/** A release of upstream that an app pins. */
export interface UpstreamRelease {
  readonly construct: string;
  readonly url: string;
  readonly version: string;
  readonly sha256: string;
}

/** The releases that an app's UpstreamManifests pin, each digest once, in the order of the constructs. */
export function upstreamReleasesOf(app: GitopsApp): UpstreamRelease[] {
  const found = new Map<string, UpstreamRelease>();
  const visit = (construct: IConstruct): void => {
    if (hasBrand(construct, 'UpstreamManifest')) {
      const { url, version, sha256 } = construct as IConstruct & UpstreamRelease;
      if (!found.has(sha256)) found.set(sha256, { construct: construct.node.path, url, version, sha256 });
    }
    construct.node.children.forEach(visit);
  };
  visit(app);
  return [...found.values()];
}
