import { Cluster, type GitopsApp } from 'fluxwright';
import { certManager } from './cert-manager';
import { configConnector } from './config-connector';
import { fluxSystem } from './flux-system';
import { istioIngress } from './istio-ingress';
import type { HopicOptions } from './options';
import { postgresOperator } from './postgres-operator';
import { sops } from './sops';
import { server } from './server/server';

/** The HoPiC platform: one GKE Autopilot cluster, its operators, and a Django server with its database. */
export function hopic(app: GitopsApp, options: HopicOptions = {}): void {
  const cluster = new Cluster(app, 'hopic', { fluxRelease: options.fluxRelease, kubernetesVersion: '1.34' });

  sops(app);
  const flux = fluxSystem(cluster, options);
  const issuers = certManager(cluster, flux, options);
  istioIngress(cluster, issuers);
  const connector = configConnector(cluster, flux, options);
  const operator = postgresOperator(cluster, issuers, options);
  server(cluster, { flux, operator, connector }, options);
}
