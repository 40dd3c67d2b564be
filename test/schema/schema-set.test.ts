import fc from 'fast-check';
import { SchemaSet } from '../../src/schema/schema-set';
import { customResourceIndex, kubernetesIndex } from '../../src/schema/packaged';

const newest = new SchemaSet();

test('says where a schema comes from, and what is in no place', () => {
  const set = new SchemaSet({ crds: [crd('example.org', 'Thing', TEXT_SPEC)], project: [crd('example.com', 'Other', TEXT_SPEC)] });

  expect(set.find('example.org/v1', 'Thing')?.origin).toBe('tree');
  expect(set.find('example.com/v1', 'Other')?.origin).toBe('project');
  expect(set.find('apps/v1', 'Deployment')).toMatchObject({ origin: 'kubernetes', scope: 'Namespaced' });
  expect(set.find('v1', 'Namespace')).toMatchObject({ origin: 'kubernetes', scope: 'Cluster' });
  expect(set.find('postgresql.cnpg.io/v1', 'Cluster')).toMatchObject({ origin: 'bundled', project: 'cnpg 1.27.0' });
  expect(set.find('example.org/v2', 'Thing')).toBeUndefined();
  expect(set.find('constructor', 'toString')).toBeUndefined();
});

test('a CRD of the tree stands before the one that is bundled, and its unknown fields are errors', () => {
  const object = { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: { name: 'pg' }, spec: { instances: 1, storage: { size: '1Gi' }, instnces: 2 } };
  const own = new SchemaSet({ crds: [crd('postgresql.cnpg.io', 'Cluster', { type: 'object', properties: { instances: { type: 'integer' }, storage: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } })] });

  expect(newest.validate(object)).toMatchObject([{ severity: 'warning', message: 'spec.instnces is no field of postgresql.cnpg.io/v1 Cluster; did you mean "instances"?' }]);
  expect(own.validate(object)).toMatchObject([{ severity: 'error', message: 'spec.instnces is no field of postgresql.cnpg.io/v1 Cluster; did you mean "instances"?' }]);
});

test('a JSON Schema of the project is read by what it says of itself, or by its file', () => {
  const schema = { type: 'object', additionalProperties: false, properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' }, spec: { type: ['object', 'null'], additionalProperties: false, properties: { a: { type: 'string' }, open: { type: 'object', properties: { b: { type: 'integer' } } } } } } };
  const byFile = new SchemaSet({ projectSchemas: [{ file: 'schemas/example.org/thing_v1.json', content: schema }] });
  const byItself = new SchemaSet({ projectSchemas: [{ file: 'a.json', content: { ...schema, 'x-kubernetes-group-version-kind': [{ group: 'example.org', version: 'v1', kind: 'Thing' }] } }] });

  for (const set of [byFile, byItself]) {
    expect(set.find('example.org/v1', 'Thing')?.origin).toBe('project');
    expect(messages(set, thing({ a: 1, c: 1, open: { b: 1, d: 1 } }))).toEqual(['spec.a is 1, a number; it has to be a string: put it in quotes, "1"', 'spec.c is no field of example.org/v1 Thing; known here: a, open']);
    expect(set.validate({ apiVersion: 'example.org/v1', kind: 'Thing', metadata: { name: 'x' }, spec: null })).toEqual([]);
  }
  expect(new SchemaSet({ projectSchemas: [{ file: 'a.json', content: schema }, { file: 'b.json', content: null }] }).find('example.org/v1', 'Thing')).toBeUndefined();
});

test('of two CRDs for one version, an object has to fit one', () => {
  const set = new SchemaSet({ crds: [crd('example.org', 'Thing', TEXT_SPEC), crd('example.org', 'Thing', { type: 'object', properties: { b: { type: 'string' } } })] });

  expect(set.validate(thing({ b: 'x' }))).toEqual([]);
  expect(set.validate(thing({ a: 'x', b: 'x' }))).toHaveLength(1);
});

test('reads a field as the release of Kubernetes does', () => {
  const object = deployment({ initContainers: [{ name: 'sidecar', image: 'a', restartPolicy: 'Always' }] });

  expect(messages(new SchemaSet({ kubernetes: '1.27' }), object)).toEqual(['spec.template.spec.initContainers[0].restartPolicy is no field of apps/v1 Deployment in Kubernetes 1.27; did you mean "resizePolicy"?']);
  expect(messages(new SchemaSet({ kubernetes: 'v1.28.3' }), object)).toEqual([]);
  expect(messages(new SchemaSet({ kubernetes: '1.99' }), object)).toEqual([]);
});

test('a kind that a release no longer serves, or not yet, is unknown to it', () => {
  expect(new SchemaSet({ kubernetes: '1.28' }).find('flowcontrol.apiserver.k8s.io/v1beta2', 'FlowSchema')).toBeDefined();
  expect(new SchemaSet({ kubernetes: '1.29' }).find('flowcontrol.apiserver.k8s.io/v1beta2', 'FlowSchema')).toBeUndefined();
  expect(new SchemaSet({ kubernetes: '1.29' }).find('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy')).toBeUndefined();
  expect(new SchemaSet({ kubernetes: '1.30' }).find('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy')).toBeDefined();
});

test('names the versions and kinds to write instead', () => {
  expect(newest.versionsOf('autoscaling', 'HorizontalPodAutoscaler')).toEqual(['autoscaling/v2', 'autoscaling/v1']);
  expect(newest.versionsOf('', 'Pod')).toEqual(['v1']);
  expect(newest.versionsOf('helm.toolkit.fluxcd.io', 'HelmRelease')).toEqual(['helm.toolkit.fluxcd.io/v2', 'helm.toolkit.fluxcd.io/v2beta2', 'helm.toolkit.fluxcd.io/v2beta1']);
  expect(newest.kindsOf('apps/v1')).toEqual(['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet']);
  expect(newest.kindsOf('source.toolkit.fluxcd.io/v1')).toContain('OCIRepository');
  expect([newest.defines('apps'), newest.defines('example.org')]).toEqual([true, false]);
});

test('encrypted values and what SOPS adds are passed over, and what stands in the clear is checked', () => {
  const sops = { mac: 'ENC[AES256_GCM,data:a,type:str]' };
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' }, data: { a: 'ENC[AES256_GCM,data:a,type:str]', b: 'plain!' }, sops };
  const cluster = { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: { name: 'x' }, spec: { instances: 'ENC[AES256_GCM,data:a,type:int]', storage: { size: 'ENC[AES256_GCM,data:a,type:str]' } }, sops };

  expect(messages(newest, secret)).toEqual(['data.b is "plain!", which is not base64']);
  expect(messages(newest, cluster)).toEqual([]);
});

test('a text that may become anything is passed over where the caller says so', () => {
  const object = deployment({ hostNetwork: '${HOST}' }, '${NAME}');
  const isOpaque = (text: string): boolean => text.includes('${');

  expect(messages(newest, object)).toEqual([
    'spec.template.spec.hostNetwork is "${HOST}", a string; it has to be a boolean',
    'metadata.name is "${NAME}"; a name has lower-case letters, digits, dashes and dots, and begins and ends with a letter or digit',
  ]);
  expect(newest.validate(object, { isOpaque })).toEqual([]);
});

test('every kind that is packaged can be read, and refuses a field that nobody has', () => {
  const set = new SchemaSet();
  const kinds = [...Object.keys(kubernetesIndex().kinds).map((name) => name.replace(/^\//, '')), ...Object.entries(customResourceIndex().kinds).flatMap(([name, { versions }]) => Object.keys(versions).map((version) => name.replace('/', `/${version}/`)))];

  const silent = kinds.filter((name) => {
    const at = name.lastIndexOf('/');
    return !set.validate({ apiVersion: name.slice(0, at), kind: name.slice(at + 1), metadata: { name: 'x' }, nobodyHasThis: 1 }).some(({ path }) => path[0] === 'nobodyHasThis');
  });

  expect(kinds.length).toBeGreaterThan(200);
  expect(silent).toEqual([]);
});

test('whatever an object holds, it is checked without a crash', () => {
  const kinds = ['apps/v1/Deployment', 'v1/Secret', 'v1/Service', 'networking.k8s.io/v1/Ingress', 'batch/v1/CronJob', 'rbac.authorization.k8s.io/v1/Role', 'gateway.networking.k8s.io/v1/HTTPRoute', 'postgresql.cnpg.io/v1/Cluster'];
  const fields = fc.constantFrom('metadata', 'spec', 'template', 'containers', 'env', 'name', 'labels', 'data', 'ports', 'rules', 'http', 'paths', 'verbs', 'selector', 'matchLabels', 'schedule', '__proto__', 'constructor', '');
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 6 }, fc.constantFrom<unknown>(null, true, 0, -1, 1.5, '', 'a', 'A b', '${X}', Number.NaN), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fields, tie('value'), { maxKeys: 5 })),
  }));

  fc.assert(fc.property(fc.constantFrom(...kinds), fc.dictionary(fields, value), (kind, object) => {
    const at = kind.lastIndexOf('/');
    for (const { path, message } of newest.validate({ ...object, apiVersion: kind.slice(0, at), kind: kind.slice(at + 1) })) {
      expect(Array.isArray(path)).toBe(true);
      expect(message).not.toBe('');
    }
  }), { numRuns: 300 });
});

test.each([[null], [undefined], [1], ['a'], [[]], [{}], [{ kind: 'Pod' }], [{ apiVersion: 1, kind: 'Pod' }]])('%j is no object, so that nothing is said of it', (value) => {
  expect(newest.validate(value)).toEqual([]);
});

const TEXT_SPEC = { type: 'object', properties: { a: { type: 'string' } } };

function crd(group: string, kind: string, spec: object): unknown {
  return {
    apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: `x.${group}` },
    spec: { group, scope: 'Namespaced', names: { kind, plural: 'x' }, versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec } } } }] },
  };
}

function thing(spec: object): unknown {
  return { apiVersion: 'example.org/v1', kind: 'Thing', metadata: { name: 'x' }, spec };
}

function deployment(pod: object, name = 'web'): unknown {
  return {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name },
    spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }], ...pod } } },
  };
}

function messages(set: SchemaSet, object: unknown): string[] {
  return set.validate(object).map(({ message }) => message);
}
