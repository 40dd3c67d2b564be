import { findingsOf } from '../check-tree';
import { resource, shop } from '../references/shop';

const virtualService = (host: string, subset: string): string => resource('networking.istio.io/v1', 'VirtualService', 'web', `spec:\n  http:\n    - route:\n        - destination:\n            host: ${host}\n            subset: ${subset}`);
const rule = { 'shop/rule.yaml': resource('networking.istio.io/v1', 'DestinationRule', 'web', 'spec: {host: web.shop.svc.cluster.local, subsets: [{name: stable}, {name: canary}]}', 'istio-system') };

test('a subset that no DestinationRule of the host has is an error', async () => {
  expect(await findingsOf('subset-missing', shop({ ...rule, 'shop/web.yaml': virtualService('web', 'cannary') }))).toEqual([
    'shop/web.yaml:9 error VirtualService shop/web: sends to the subset cannary of web, whose DestinationRule has stable, canary\n  fix: write "subset: canary", if that is meant',
  ]);
  expect(await findingsOf('subset-missing', shop({ ...rule, 'shop/web.yaml': virtualService('api', 'canary') }))).toEqual([
    'shop/web.yaml:9 error VirtualService shop/web: sends to the subset canary of api, for which there is no DestinationRule\n  fix: name a subset of the DestinationRule for this host, or define it there',
  ]);
});

test('a host is the same in each spelling', async () => {
  expect(await findingsOf('subset-missing', shop({ ...rule, 'shop/web.yaml': virtualService('web', 'canary') }))).toEqual([]);
  expect(await findingsOf('subset-missing', shop({ ...rule, 'shop/web.yaml': virtualService('web.shop.svc', 'stable') }))).toEqual([]);
});
