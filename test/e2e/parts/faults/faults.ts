import { configMap, kustomization, list, type Fault, type Look } from './fault';

type Seen = (look: Look) => Promise<string | undefined>;

/** A Kustomization that does not become Ready, and says why. */
function stuck(name: string, pattern: RegExp): Seen {
  return async (look) => {
    const said = await look.ready(name);
    return said !== undefined && said !== 'True' && pattern.test(said) ? said.replace('False: ', '') : undefined;
  };
}

const WIDGETS = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.e2e.localhost
spec:
  group: e2e.localhost
  scope: Namespaced
  names: { plural: widgets, singular: widget, kind: Widget }
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }
`;

const DATABASE = `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: database-deleted
  namespace: default
spec:
  instances: 1
  storage:
    size: 1Gi
`;

/** In the order of the table. `CIPHERTEXT` stands for what sops makes of a Secret. */
export const FAULTS: readonly Fault[] = [
  {
    rule: 'depends-on-missing',
    what: 'a `dependsOn` that names nothing',
    files: { 'app.yaml': kustomization('depends-on-missing', 'app', 'app', '  dependsOn:\n    - name: depends-on-missing-base\n'), 'app/config.yaml': configMap('depends-on-missing'), 'kustomization.yaml': list('app.yaml') },
    seen: stuck('depends-on-missing-app', /dependency .*not found/),
    lasts: true,
  },
  {
    rule: 'depends-on-cycle',
    what: 'two Kustomizations that depend on each other',
    files: {
      'a.yaml': kustomization('depends-on-cycle', 'a', 'a', '  dependsOn:\n    - name: depends-on-cycle-b\n'),
      'b.yaml': kustomization('depends-on-cycle', 'b', 'b', '  dependsOn:\n    - name: depends-on-cycle-a\n'),
      'a/config.yaml': configMap('depends-on-cycle-a'),
      'b/config.yaml': configMap('depends-on-cycle-b'),
      'kustomization.yaml': list('a.yaml', 'b.yaml'),
    },
    seen: stuck('depends-on-cycle-a', /dependency .*is not ready/),
    lasts: true,
  },
  {
    rule: 'wait-deadlock',
    what: 'a Kustomization that waits for one which depends on it',
    files: {
      'parent.yaml': kustomization('wait-deadlock', 'parent', 'parent', '  wait: true\n'),
      'parent/child.yaml': kustomization('wait-deadlock', 'child', 'child', '  dependsOn:\n    - name: wait-deadlock-parent\n'),
      'child/config.yaml': configMap('wait-deadlock'),
      'kustomization.yaml': list('parent.yaml'),
    },
    seen: stuck('wait-deadlock-child', /dependency .*is not ready/),
    lasts: true,
  },
  {
    rule: 'path-missing',
    what: 'a path that is not in the source',
    files: { 'app.yaml': kustomization('path-missing', 'app', 'apps'), 'kustomization.yaml': list('app.yaml') },
    seen: stuck('path-missing-app', /path not found/),
    lasts: true,
  },
  {
    rule: 'source-missing',
    what: 'a source that does not exist',
    files: { 'app.yaml': kustomization('source-missing', 'app', 'app').replace('name: source-missing\n', 'name: source-mising\n'), 'app/config.yaml': configMap('source-missing'), 'kustomization.yaml': list('app.yaml') },
    seen: stuck('source-missing-app', /not found/),
    lasts: true,
  },
  {
    rule: 'file-missing',
    what: 'a kustomization.yaml that lists a file which is not there',
    files: { 'app.yaml': kustomization('file-missing', 'app', 'app'), 'app/kustomization.yaml': list('config.yaml', 'extra.yaml'), 'app/config.yaml': configMap('file-missing'), 'kustomization.yaml': list('app.yaml') },
    seen: stuck('file-missing-app', /no such file/),
    lasts: true,
  },
  {
    rule: 'crd-not-ready',
    what: 'an object whose CRD comes with a Kustomization that waits for this one',
    files: {
      'app.yaml': kustomization('crd-not-ready', 'app', 'app'),
      'crds.yaml': kustomization('crd-not-ready', 'crds', 'crds', '  dependsOn:\n    - name: crd-not-ready-app\n'),
      'app/widget.yaml': 'apiVersion: e2e.localhost/v1\nkind: Widget\nmetadata:\n  name: one\n  namespace: default\n',
      'crds/crd.yaml': WIDGETS,
      'kustomization.yaml': list('app.yaml', 'crds.yaml'),
    },
    seen: stuck('crd-not-ready-app', /no matches for kind/),
    lasts: true,
  },
  {
    rule: 'namespace-missing',
    what: 'an object in a namespace that does not exist',
    files: { 'app.yaml': kustomization('namespace-missing', 'app', 'app'), 'app/config.yaml': configMap('namespace-missing', 'one', 'nowhere'), 'kustomization.yaml': list('app.yaml') },
    seen: stuck('namespace-missing-app', /namespaces? "nowhere" not found/),
    lasts: true,
  },
  {
    rule: 'health-check-missing',
    what: 'a health check of what does not exist',
    files: {
      'app.yaml': kustomization('health-check-missing', 'app', 'app', '  healthChecks:\n    - apiVersion: apps/v1\n      kind: Deployment\n      name: server\n      namespace: default\n'),
      'app/config.yaml': configMap('health-check-missing'),
      'kustomization.yaml': list('app.yaml'),
    },
    seen: stuck('health-check-missing-app', /timeout|not found/i),
    lasts: true,
  },
  {
    rule: 'schema',
    what: 'a field that its kind does not have',
    files: { 'app.yaml': kustomization('schema', 'app', 'app'), 'app/config.yaml': `${configMap('schema')}dta:\n  value: two\n`, 'kustomization.yaml': list('app.yaml') },
    seen: async ({ client, ready }) => {
      const object = await client.get('v1', 'ConfigMap', 'schema', 'default');
      return (await ready('schema-app')) === 'True' && object !== undefined && !('dta' in object) ? 'Ready; the field is dropped without a word' : undefined;
    },
    lasts: true,
  },
  {
    rule: 'flux-version-not-served',
    what: 'a version of Flux\'s API that is no longer served',
    files: { 'app.yaml': kustomization('flux-version-not-served', 'app', 'app'), 'app/inner.yaml': kustomization('flux-version-not-served', 'inner', 'inner').replace('/v1\n', '/v1beta1\n'), 'inner/config.yaml': configMap('flux-version-not-served'), 'kustomization.yaml': list('app.yaml') },
    seen: stuck('flux-version-not-served-app', /no matches for kind/),
    lasts: true,
  },
  {
    rule: 'patch-without-match',
    what: 'a patch whose target selects nothing',
    files: {
      'app.yaml': kustomization('patch-without-match', 'app', 'app'),
      'app/kustomization.yaml': `${list('config.yaml')}patches:\n  - target:\n      kind: ConfigMap\n      name: patch-without-mach\n    patch: |\n      - op: replace\n        path: /data/value\n        value: two\n`,
      'app/config.yaml': configMap('patch-without-match'),
      'kustomization.yaml': list('app.yaml'),
    },
    seen: async ({ client, ready }) => {
      const object = await client.get('v1', 'ConfigMap', 'patch-without-match', 'default');
      return (await ready('patch-without-match-app')) === 'True' && (object?.['data'] as { value: string })?.value === 'one' ? 'Ready, without the patch and without a word' : undefined;
    },
    lasts: true,
  },
  {
    rule: 'decryption-missing',
    what: 'an encrypted Secret with `stringData`, and no `decryption`',
    files: { 'app.yaml': kustomization('decryption-missing', 'app', 'app'), 'app/secret.enc.yaml': 'CIPHERTEXT', 'kustomization.yaml': list('app.yaml') },
    seen: async ({ client, ready }) => {
      const object = await client.get('v1', 'Secret', 'decryption-missing', 'default');
      const value = Buffer.from((object?.['data'] as { password: string } | undefined)?.password ?? '', 'base64').toString();
      return (await ready('decryption-missing-app')) === 'True' && value.startsWith('ENC[AES256_GCM,') ? 'Ready; the Secret holds the ciphertext' : undefined;
    },
    lasts: true,
  },
  {
    rule: 'kustomization-not-applied',
    what: 'a Kustomization in a file that nothing applies',
    files: { 'app.yaml': kustomization('kustomization-not-applied', 'app', 'app'), 'other.yaml': kustomization('kustomization-not-applied', 'other', 'app'), 'app/config.yaml': configMap('kustomization-not-applied'), 'kustomization.yaml': list('app.yaml') },
    seen: async ({ client, ready }) => ((await ready('kustomization-not-applied-app')) === 'True' && (await client.get('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'kustomization-not-applied-other', 'flux-system')) === undefined ? 'it is not in the cluster, and nothing says so' : undefined),
    lasts: true,
  },
  {
    rule: 'object-applied-twice',
    what: 'two Kustomizations that apply one object',
    files: {
      'a.yaml': kustomization('object-applied-twice', 'a', 'a'),
      'b.yaml': kustomization('object-applied-twice', 'b', 'b'),
      'a/config.yaml': configMap('object-applied-twice', 'of-a'),
      'b/config.yaml': configMap('object-applied-twice', 'of-b'),
      'kustomization.yaml': list('a.yaml', 'b.yaml'),
    },
    seen: async ({ ready, history }) => (history('object-applied-twice').length >= 4 && (await ready('object-applied-twice-a')) === 'True' ? 'both are Ready; the object changes again and again' : undefined),
  },
  {
    rule: 'database-deleted',
    what: 'a commit that takes a CNPG Cluster out of the tree',
    files: { 'app.yaml': kustomization('database-deleted', 'app', 'app'), 'app/kustomization.yaml': list('config.yaml', 'database.yaml'), 'app/config.yaml': configMap('database-deleted'), 'app/database.yaml': DATABASE, 'kustomization.yaml': list('app.yaml') },
    then: { 'app.yaml': kustomization('database-deleted', 'app', 'app'), 'app/kustomization.yaml': list('config.yaml'), 'app/config.yaml': configMap('database-deleted', 'two'), 'kustomization.yaml': list('app.yaml') },
    seen: async ({ client }) => {
      const config = await client.get('v1', 'ConfigMap', 'database-deleted', 'default');
      const isAfter = (config?.['data'] as { value: string } | undefined)?.value === 'two';
      return isAfter && (await client.get('postgresql.cnpg.io/v1', 'Cluster', 'database-deleted', 'default')) === undefined ? 'the Cluster is deleted' : undefined;
    },
  },
];
