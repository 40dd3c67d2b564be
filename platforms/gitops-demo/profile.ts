import { Cluster, Directory, FluxKustomization, FluxSystem, type FluxRelease, type GitopsApp } from 'fluxwright';
import type { GroupOverlay } from './group';

export interface ProfileProps {
  /** Its overlays, one a group; those of a group wait for those of the groups before it. */
  readonly overlays: readonly GroupOverlay[];

  /**
   * The Flux release that its clusters run.
   * @default the newest
   */
  readonly fluxRelease?: FluxRelease;
}

/** `profiles/<profile>/`: a class of clusters, which `flux bootstrap` starts there. */
export class Profile extends Cluster {
  constructor(app: GitopsApp, name: string, { overlays, fluxRelease }: ProfileProps) {
    super(app, name, { directory: `profiles/${name}`, fluxRelease });
    const profile = new Directory(this, 'profile', { path: '.', hasKustomization: false });
    new FluxSystem(this, 'flux-system', {
      url: 'ssh://git@github.com/fmilichovsky/gitops-demo',
      branch: 'main',
      applies: profile,
      sourceInterval: '1m0s',
      interval: '10m0s',
    });
    let before: FluxKustomization[] = [];
    for (const overlay of overlays) {
      const { id } = overlay.group.node;
      before = [new FluxKustomization(profile, id, { applies: overlay, dependsOn: before, interval: '10m0s', wait: true })];
    }
  }
}
