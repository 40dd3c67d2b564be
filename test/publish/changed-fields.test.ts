import { stringify } from 'yaml';
import { changedFields } from '../../src/publish/changed-fields';

const KUSTOMIZATION = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };

function changed(before: unknown, after: unknown): string[] {
  const [old, now] = [before, after].map((objects) => (Array.isArray(objects) ? objects : [objects]).map((object) => stringify(object)).join('---\n')) as [string, string];
  return changedFields('k8s/web/file.yaml', old, now);
}

function deployment(containers: unknown[], name = 'web', namespace = 'web'): unknown {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace }, spec: { template: { spec: { containers } } } };
}

test('items that came and went are told by their value, whatever came before them', () => {
  expect(changed({ ...KUSTOMIZATION, resources: ['service.yaml', 'sync.yaml'] }, { ...KUSTOMIZATION, resources: ['deployment.yaml', 'service.yaml'] }))
    .toEqual(['resources: - sync.yaml', 'resources: + deployment.yaml']);
  expect(changed({ ...KUSTOMIZATION, resources: ['a.yaml'] }, KUSTOMIZATION)).toEqual(['resources']);
});

test('items with a name or another key go by it', () => {
  const before = deployment([{ name: 'proxy', image: 'proxy:1' }, { name: 'web', image: 'web:1', ports: [{ containerPort: 80 }, { containerPort: 81 }], env: [{ name: 'LEVEL', value: 'info' }] }]);
  const after = deployment([{ name: 'web', image: 'web:2', ports: [{ containerPort: 81, protocol: 'UDP' }], env: [{ name: 'LEVEL', value: 'debug' }] }, { name: 'logs', image: 'logs:1' }]);

  expect(changed(before, after)).toEqual([
    'spec.template.spec.containers[name=web].image',
    'spec.template.spec.containers[name=web].ports[containerPort=81].protocol',
    'spec.template.spec.containers[name=web].ports: - 80',
    'spec.template.spec.containers[name=web].env[name=LEVEL].value',
    'spec.template.spec.containers: - proxy',
    'spec.template.spec.containers: + logs',
  ]);
});

test('maps without a key are compared with the one in whose place they come, or told by what they hold', () => {
  const rules = (...list: unknown[]): unknown => ({ kind: 'Role', metadata: { name: 'web' }, rules: list });

  expect(changed(rules({ verbs: ['get'] }, { verbs: ['list'] }), rules({ verbs: ['get'] }, { verbs: ['list', 'watch'] }))).toEqual(['rules[1].verbs: + watch']);
  expect(changed(rules({ verbs: ['get'] }), rules({ verbs: ['get'] }, { apiGroups: [''], resources: ['configmaps', 'secrets'], verbs: ['get', 'list'] })))
    .toEqual(['rules: + {"apiGroups":[""],"resources":["configmaps","secrets"],"verb…']);
});

test('another order is a change of the list', () => {
  expect(changed({ ...KUSTOMIZATION, resources: ['a.yaml', 'b.yaml'] }, { ...KUSTOMIZATION, resources: ['b.yaml', 'a.yaml'] })).toEqual(['resources (order)']);
  expect(changed(deployment([{ name: 'a' }, { name: 'b' }]), deployment([{ name: 'b' }, { name: 'a' }]))).toEqual(['spec.template.spec.containers (order)']);
  expect(changed({ kind: 'Role', rules: [{ verbs: ['a'] }, { verbs: ['b'] }] }, { kind: 'Role', rules: [{ verbs: ['b'] }, { verbs: ['a'] }] })).toEqual(['rules (order)']);
  expect(changed({ kind: 'Role', rules: [] }, { kind: 'Role', rules: [] })).toEqual([]);
});

test('a rename names the object that went and the one that came; a move to another namespace is a change', () => {
  expect(changed(deployment([]), deployment([], 'shop'))).toEqual(['Deployment/web removed', 'Deployment/shop added']);
  expect(changed(deployment([]), deployment([], 'web', 'shop'))).toEqual(['metadata.namespace']);
  expect(changed([deployment([]), deployment([], 'shop')], [deployment([{ name: 'shop' }], 'shop')])).toEqual(['Deployment/shop spec.template.spec.containers: + shop', 'Deployment/web removed']);
});

test('what cannot be read is not compared', () => {
  expect(changedFields('k8s/a.yaml', 'a: [', 'a: 1\n')).toEqual([]);
});
