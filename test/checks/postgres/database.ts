import { bootstrapped, kustomization, type Files } from '../check-tree';

/** A CNPG Cluster, with more of its spec in YAML, indented by two spaces. */
export function database(spec = '', { name = 'pg', size = '20Gi', annotations = '' } = {}): string {
  return `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: ${name}
  namespace: shop
${annotations === '' ? '' : `  annotations: ${annotations}\n`}spec:
  instances: 3
  storage: {size: ${size}}
${spec === '' ? '' : `${spec.replace(/^(?=.)/gm, '  ').trimEnd()}\n`}`;
}

export const BACKUP = 'backup:\n  retentionPolicy: 30d\n  barmanObjectStore: {destinationPath: gs://shop-backups}';

export function scheduled(schedule: string): string {
  return `apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata:
  name: nightly
  namespace: shop
spec:
  schedule: "${schedule}"
  cluster: {name: pg}
`;
}

/** A cluster whose Kustomization "shop" applies what lies in ./shop. */
export function shop(files: Files, spec?: string): Files {
  return { ...bootstrapped('clusters/prod'), 'clusters/prod/shop.yaml': kustomization('shop', './shop', spec), ...files };
}
