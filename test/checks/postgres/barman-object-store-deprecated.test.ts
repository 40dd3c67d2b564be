import { findingsOf } from '../check-tree';
import { BACKUP, database, shop } from './database';

const operator = (version: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: cnpg-controller-manager, namespace: cnpg-system}
spec: {template: {spec: {containers: [{name: manager, image: "ghcr.io/cloudnative-pg/cloudnative-pg:${version}"}]}}}
`;

test('backups by the Cluster itself are worth a notice since 1.26', async () => {
  expect(await findingsOf('barman-object-store-deprecated', shop({ 'shop/pg.yaml': database(BACKUP), 'shop/operator.yaml': operator('1.26.1') }))).toEqual([
    'shop/pg.yaml:11 notice Cluster shop/pg: barmanObjectStore is deprecated since CNPG 1.26\n'
    + '  fix: move the settings to an ObjectStore of barmancloud.cnpg.io, and name it in spec.plugins',
  ]);
});

test('an operator that knows no other way is left alone', async () => {
  expect(await findingsOf('barman-object-store-deprecated', shop({ 'shop/pg.yaml': database(BACKUP), 'shop/operator.yaml': operator('1.24.1') }))).toEqual([]);
});
