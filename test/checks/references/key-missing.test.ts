import { findingsOf } from '../check-tree';
import { deployment, helmRelease, resource, shop } from './shop';

const asking = (key: string, more = ''): string => deployment('web', { container: `env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: database, key: ${key}${more}}}}]` });
const secret = (data: string, metadata = ''): string => resource('v1', 'Secret', 'database', `stringData: ${data}`).replace('namespace: shop', `namespace: shop${metadata}`);

test('a key that the Secret does not have is an error, encrypted or not', async () => {
  const files = shop({ 'shop/web.yaml': asking('pasword'), 'shop/secret.yaml': `${secret('{user: "ENC[AES256_GCM,x]", password: "ENC[AES256_GCM,y]"}')}sops: {mac: x}\n` });

  expect(await findingsOf('key-missing', files)).toEqual([
    'shop/web.yaml:12 error Deployment shop/web: asks for the key pasword of the Secret shop/database, which has user, password\n'
    + '  fix: write "password", if that is meant',
  ]);
});

test('values of a HelmRelease lie under values.yaml if it does not say otherwise', async () => {
  const files = shop({ 'shop/redis.yaml': helmRelease('redis', '  valuesFrom:\n    - {kind: ConfigMap, name: redis-values}'), 'shop/values.yaml': resource('v1', 'ConfigMap', 'redis-values', 'data: {redis: "a: b"}') });

  expect(await findingsOf('key-missing', files)).toEqual([
    'shop/redis.yaml:7 error HelmRelease shop/redis: asks for the key values.yaml of the ConfigMap shop/redis-values, which has redis\n'
    + '  fix: name a key that it has, add the key, or mark the reference "optional: true"',
  ]);
});

test.each([
  ['a key that is there', { 'shop/web.yaml': asking('password'), 'shop/secret.yaml': secret('{password: x}') }],
  ['an optional key', { 'shop/web.yaml': asking('pasword', ', optional: true'), 'shop/secret.yaml': secret('{password: x}') }],
  ['a Secret that waits to be filled', { 'shop/web.yaml': asking('password'), 'shop/secret.yaml': secret('{}') }],
  ['a Secret that Flux makes once and leaves alone', { 'shop/web.yaml': asking('password'), 'shop/secret.yaml': secret('{user: x}', ', annotations: {kustomize.toolkit.fluxcd.io/ssa: IfNotPresent}') }],
  ['a Secret to which another controller adds', { 'shop/web.yaml': asking('password'), 'shop/secret.yaml': secret('{user: x}'), 'shop/more.yaml': resource('external-secrets.io/v1', 'ExternalSecret', 'database') }],
  ['a Secret whose keys a patch may change', { 'shop/web.yaml': asking('password'), 'shop/secret.yaml': secret('{user: x}'), 'shop/kustomization.yaml': 'resources: [web.yaml, secret.yaml]\npatches:\n  - target: {kind: Secret}\n    patch: "- {op: add, path: /stringData/password, value: x}"\n' }],
])('%s is fine', async (_, files) => {
  expect(await findingsOf('key-missing', shop(files))).toEqual([]);
});
