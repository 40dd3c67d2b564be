import { bootstrapped, findingsOf, kustomization } from '../check-tree';
import { deployment, helmRelease, ingress, resource, shop } from './shop';

const fromSecret = (name: string): string => deployment('web', { container: `envFrom: [{secretRef: {name: ${name}}}]` });
const anySecret = { 'shop/other.yaml': resource('v1', 'Secret', 'other') };

test('a Secret that nothing makes is a warning, with the one that is meant', async () => {
  const files = shop({ 'shop/web.yaml': fromSecret('web-secrte'), 'shop/secret.yaml': resource('external-secrets.io/v1', 'ExternalSecret', 'web', 'spec: {target: {name: web-secret}}') });

  expect(await findingsOf('secret-missing', files)).toEqual([
    'shop/web.yaml:12 warning Deployment shop/web: needs the Secret shop/web-secrte, which nothing in this cluster makes\n'
    + '  fix: write "name: web-secret", if that is meant',
  ]);
});

test('where the repository keeps no Secrets at all, it is worth a notice', async () => {
  expect(await findingsOf('secret-missing', shop({ 'shop/web.yaml': fromSecret('database') }))).toEqual([
    'shop/web.yaml:12 notice Deployment shop/web: needs the Secret shop/database, which nothing in this cluster makes\n'
    + '  fix: add it, or list "Secret/shop/database" under checks.outsiders in fluxwright.yaml, if something outside this repository makes it',
  ]);
});

test('variables from a Secret that does not exist keep a Kustomization from being applied', async () => {
  const files = { ...bootstrapped('clusters/prod'), 'clusters/prod/secret.yaml': resource('v1', 'Secret', 'cluster-secrets', '', 'flux-system'), 'clusters/prod/shop.yaml': kustomization('shop', './shop', 'postBuild:\n  substituteFrom:\n    - kind: Secret\n      name: cluster-scerets') };

  expect(await findingsOf('secret-missing', files)).toEqual([
    'clusters/prod/shop.yaml:16 warning Kustomization flux-system/shop: needs the Secret flux-system/cluster-scerets, which nothing in this cluster makes\n'
    + '  fix: write "name: cluster-secrets", if that is meant',
  ]);
});

test('a slip in the values of a chart is told, too', async () => {
  const files = shop({ 'shop/db.yaml': helmRelease('postgres', '  values: {auth: {existingSecret: postgres-credetials}}'), 'shop/secret.yaml': resource('v1', 'Secret', 'postgres-credentials') });

  expect(await findingsOf('secret-missing', files)).toEqual([
    'shop/db.yaml:6 warning HelmRelease shop/postgres: needs the Secret shop/postgres-credetials, which nothing in this cluster makes\n'
    + '  fix: write "existingSecret: postgres-credentials", if that is meant',
  ]);
});

test.each([
  ['encrypted by SOPS', 'database', resource('v1', 'Secret', 'database', 'stringData: {password: "ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]"}\nsops: {mac: x}')],
  ['sealed', 'database', resource('bitnami.com/v1alpha1', 'SealedSecret', 'database')],
  ['of a Certificate', 'database', resource('cert-manager.io/v1', 'Certificate', 'web', 'spec: {secretName: database}')],
  ['of a CNPG Cluster', 'pg-app', resource('postgresql.cnpg.io/v1', 'Cluster', 'pg')],
  ['of a CNPG Cluster, for replication', 'pg-replication', resource('postgresql.cnpg.io/v1', 'Cluster', 'pg')],
  ['that a controller is told to copy here', 'database', resource('v1', 'Secret', 'database', '', 'vault').replace('namespace: vault', 'namespace: vault, annotations: {reflector.v1.k8s.emberstack.com/reflection-allowed: "true"}')],
  ['that an operator names after its object', 'users-kafka-password', resource('kafka.strimzi.io/v1beta2', 'KafkaUser', 'users-kafka')],
  ['that an operator is told to write', 'database', resource('sql.gcp.upbound.io/v1', 'DatabaseInstance', 'main', 'spec: {writeConnectionSecretToRef: {name: database}}')],
  ['that values of a chart speak of', 'database', helmRelease('creator', '  values: {secretName: database}')],
])('a Secret %s is fine', async (_, name, maker) => {
  expect(await findingsOf('secret-missing', shop({ ...anySecret, 'shop/web.yaml': fromSecret(name), 'shop/maker.yaml': maker }))).toEqual([]);
});

test('the Secret of an Ingress is made by cert-manager if the Ingress says so', async () => {
  const tls = 'tls: [{hosts: [shop.example.com], secretName: web-tls}]';

  expect(await findingsOf('secret-missing', shop({ ...anySecret, 'shop/web.yaml': ingress(tls, '{cert-manager.io/cluster-issuer: letsencrypt}') }))).toEqual([]);
  expect(await findingsOf('secret-missing', shop({ ...anySecret, 'shop/web.yaml': ingress(tls) }))).toEqual([
    'shop/web.yaml:8 warning Ingress shop/web: needs the Secret shop/web-tls, which nothing in this cluster makes\n'
    + '  fix: add it, or list "Secret/shop/web-tls" under checks.outsiders in fluxwright.yaml, if something outside this repository makes it',
  ]);
});

test('a ClusterIssuer needs the credentials of its solvers beside cert-manager', async () => {
  const issuer = (name: string): string => `apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: {name: letsencrypt}
spec:
  acme:
    privateKeySecretRef: {name: letsencrypt}
    solvers:
      - dns01:
          cloudflare:
            apiTokenSecretRef: {name: ${name}, key: token}
      - dns01:
          webhook: {config: {apiKeySecretRef: {name: unknown, key: key}}}
`;
  const files = (name: string, namespace = 'certificates') => shop({
    'shop/cert-manager.yaml': helmRelease('cert-manager', '  targetNamespace: certificates'), 'shop/issuer.yaml': issuer(name), 'shop/token.yaml': resource('external-secrets.io/v1', 'ExternalSecret', 'cloudflare', '', namespace),
  });

  expect(await findingsOf('secret-missing', files('cloudflare-token'))).toEqual([
    'shop/issuer.yaml:10 warning ClusterIssuer letsencrypt: needs the Secret certificates/cloudflare-token, which nothing in this cluster makes\n'
    + '  fix: add it, or list "Secret/certificates/cloudflare-token" under checks.outsiders in fluxwright.yaml, if something outside this repository makes it',
  ]);
  expect(await findingsOf('secret-missing', files('cloudflare', 'shop'))).toEqual([
    'shop/issuer.yaml:10 warning ClusterIssuer letsencrypt: needs the Secret certificates/cloudflare, which nothing in this cluster makes\n'
    + '  fix: have it in certificates: the Secret cloudflare lies in shop, and is not seen from there',
  ]);
  expect(await findingsOf('secret-missing', files('cloudflare'))).toEqual([]);
});

test('an Issuer needs its Secrets in its own namespace', async () => {
  const issuer = resource('cert-manager.io/v1', 'Issuer', 'ca', 'spec: {acme: {solvers: [{dns01: {digitalocean: {tokenSecretRef: {name: digitalocean, key: token}}}}]}}');

  expect(await findingsOf('secret-missing', shop({ ...anySecret, 'shop/issuer.yaml': issuer }))).toHaveLength(1);
  expect(await findingsOf('secret-missing', shop({ 'shop/issuer.yaml': issuer, 'shop/token.yaml': resource('v1', 'Secret', 'digitalocean', 'stringData: {token: ENC[x]}\nsops: {mac: x}') }))).toEqual([]);
});

test('a Secret that the secrets store mirrors is fine', async () => {
  const mirror = resource('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', 'vault', 'spec: {secretObjects: [{secretName: database, type: Opaque}]}');

  expect(await findingsOf('secret-missing', shop({ ...anySecret, 'shop/web.yaml': fromSecret('database'), 'shop/mirror.yaml': mirror }))).toEqual([]);
  expect(await findingsOf('secret-missing', shop({ ...anySecret, 'shop/web.yaml': fromSecret('database'), 'shop/mirror.yaml': mirror.replace('database', 'other') }))).toHaveLength(1);
});
