/** How the barman-cloud plugin is called in a Cluster. */
export const PLUGIN = 'barman-cloud.cloudnative-pg.io';

/** The ObjectStore of what a cluster archives. */
export function storeOf(cluster: string): string {
  return `${cluster}-backups`;
}

/** The ObjectStore of what a cluster recovers from, or follows. */
export function sourceStoreOf(cluster: string, externalCluster: string): string {
  return `${cluster}-from-${externalCluster}`;
}
