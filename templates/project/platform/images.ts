import { ImagePins, ImagePolicy, ImageRepository, ImageUpdateAutomation, NamespaceDirectory, type Cluster } from 'fluxwright';
import { site } from './site';

/** What Flux deploys of the application's image: it commits new tags to `k8s/images/NAME`, and a synth keeps them. */
export class Images extends NamespaceDirectory {
  private readonly repository: ImageRepository;

  constructor(cluster: Cluster) {
    super(cluster, 'images', { namespace: 'flux-system', hasKustomization: false });
    this.repository = new ImageRepository(this, 'application', { image: site.image });
    new ImageUpdateAutomation(this, 'images', { updates: this });
  }

  /** The newest version in a range, for one environment. `tag` is where it starts. */
  pins(environment: string, semver: string, tag: string): ImagePins {
    const policy = new ImagePolicy(this, `${environment}-policy`, { name: environment, repository: this.repository, semver });
    return new ImagePins(this, environment, { pins: [{ policy, tag }] });
  }
}
