import { Cluster, type GitopsApp } from 'fluxwright';
import { productionCluster, stagingCluster } from './clusters';
import { apps } from './layers/apps/apps';
import { infra } from './layers/infra/infra';
import { system } from './layers/system/system';
import { thirdParty } from './layers/third-party';
import type { Flux2GitopsOptions } from './options';
import { Layer } from './shapes/layer';
import { sops } from './sops';

/** Two clusters in four layers: infra, then system, then applications, our own and those of third parties. */
export function flux2Gitops(app: GitopsApp, options: Flux2GitopsOptions = {}): void {
  const { fluxRelease } = options;
  const clusters = { staging: new Cluster(app, 'staging', { fluxRelease }), production: new Cluster(app, 'production', { fluxRelease }) };
  sops(app);
  const staging = stagingCluster(clusters.staging, options);
  const production = productionCluster(clusters.production);

  const layers = {
    infra: new Layer(app, 'infra', clusters),
    system: new Layer(app, 'system', clusters),
    apps: new Layer(app, 'apps', clusters),
    '3rd': new Layer(app, '3rd', clusters),
  };
  const foundation = infra(layers.infra);
  system(layers.system, foundation, options);
  apps(layers.apps, foundation.charts);
  thirdParty(layers['3rd']);

  staging(layers, foundation);
  production(layers);
}
