import { consequencesOf, edited, replaced, type Files } from '../diff-files';
import { fleet } from '../fleet';

const role = (rules: string, name = 'reader'): string => `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: ${name}\nrules:\n${rules}`;
const binding = (roleName: string, ...subjects: string[]): string => `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: readers\nroleRef: { kind: ClusterRole, name: ${roleName} }\nsubjects:\n${subjects.map((one) => `  - ${one}\n`).join('')}`;
const having = (rights: string | undefined): Files => replaced(edited(fleet, { 'data/production/rights.yaml': rights }), 'data/production/kustomization.yaml', 'resources:\n', rights === undefined ? 'resources:\n' : 'resources:\n  - rights.yaml\n');

const OPS = '{ kind: Group, name: ops }';
const EVERYBODY = '{ kind: Group, name: system:authenticated }';
const READ = '  - { apiGroups: [""], resources: [pods], verbs: [get] }\n';
const ALL = '  - { apiGroups: ["*"], resources: ["*"], verbs: ["*"] }\n';

test('a right more is a warning, and everything for a role a danger', async () => {
  expect(await consequencesOf(having(role(READ)), having(role(READ.replace('[get]', '[get, "*"]'))))).toEqual(['warning [rbac-widened] allows more with ClusterRole reader: * pods']);
  expect(await consequencesOf(having(role(READ)), having(role(ALL)))).toEqual(['danger [rbac-widened] allows more with ClusterRole reader: * *.*']);
});

test('of a new role only rights that know no bounds are told, since nobody has it yet', async () => {
  expect(await consequencesOf(fleet, having(role(READ)))).toEqual([]);
  expect(await consequencesOf(fleet, having(role(ALL)))).toEqual(['danger [rbac-widened] allows more with ClusterRole reader: * *.*']);
  expect(await consequencesOf(fleet, having(role('  - { apiGroups: [""], resources: [users], verbs: [impersonate] }\n')))).toEqual(['warning [rbac-widened] allows more with ClusterRole reader: impersonate users']);
});

test('rights for everybody, and cluster-admin for anybody, are dangers', async () => {
  expect(await consequencesOf(having(binding('reader', OPS)), having(binding('reader', OPS, EVERYBODY)))).toEqual(['danger [rbac-widened] allows more with ClusterRoleBinding readers: Group system:authenticated gets ClusterRole reader']);
  expect(await consequencesOf(fleet, having(binding('cluster-admin', OPS)))).toEqual(['danger [rbac-widened] allows more with ClusterRoleBinding readers: Group ops gets ClusterRole cluster-admin']);
  expect(await consequencesOf(fleet, having(binding('reader', OPS)))).toEqual(['warning [rbac-widened] allows more with ClusterRoleBinding readers: Group ops gets ClusterRole reader']);
  expect(await consequencesOf(having(binding('reader', OPS, EVERYBODY)), having(binding('reader', OPS)))).toEqual([]);
});
