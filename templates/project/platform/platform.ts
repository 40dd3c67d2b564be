import { Cluster, FluxSystem, type GitopsApp } from 'fluxwright';
import { environment } from './environment';
import { Images } from './images';
import { operators } from './operators';
import { site } from './site';

/** All that runs in the cluster. */
export function platform(app: GitopsApp): void {
  const cluster = new Cluster(app, 'main', { fluxRelease: '2.9' });
  new FluxSystem(cluster, 'flux-system', { url: site.repository });

  const ready = operators(cluster);
  const images = new Images(cluster);
  environment(cluster, 'staging', { instances: 1, pins: images.pins('staging', '>=1.0.0-0', '1.0.0'), operators: ready });
  environment(cluster, 'production', { instances: 3, pins: images.pins('production', '>=1.0.0', '1.0.0'), operators: ready });
}
