import { findingsOf } from '../check-tree';
import { deployment, resource, shop } from './shop';

const mounting = (claim: string): string => deployment('web', { pod: `volumes: [{name: data, persistentVolumeClaim: {claimName: ${claim}}}]` });

test('a claim that nothing makes is a warning', async () => {
  expect(await findingsOf('volume-claim-missing', shop({ 'shop/web.yaml': mounting('web-dta'), 'shop/claim.yaml': resource('v1', 'PersistentVolumeClaim', 'web-data') }))).toEqual([
    'shop/web.yaml:12 warning Deployment shop/web: mounts the PersistentVolumeClaim shop/web-dta, which nothing in this cluster makes\n'
    + '  fix: write "claimName: web-data", if that is meant; or list "PersistentVolumeClaim/shop/web-dta" under checks.outsiders in fluxwright.yaml, if something outside this repository makes it',
  ]);
});

test('claims of a StatefulSet are fine', async () => {
  const set = resource('apps/v1', 'StatefulSet', 'db', 'spec:\n  volumeClaimTemplates: [{metadata: {name: data}}]');

  expect(await findingsOf('volume-claim-missing', shop({ 'shop/web.yaml': mounting('data-db-0'), 'shop/db.yaml': set }))).toEqual([]);
});
