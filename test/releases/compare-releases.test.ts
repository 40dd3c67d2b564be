import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareReleases, isBreaking } from '../../src/releases/compare-releases';
import { definitionText } from '../../src/releases/report-text';
import { ManifestFile } from '../../src/tree/file';
import { Tree } from '../../src/tree/tree';
import { testWith } from '../tools';
import { widgets } from './widgets';

const tree = (files: Record<string, string>): Tree => new Tree(Object.entries(files).map(([path, text]) => ManifestFile.fromText(path, text)));
const compared = (files: Record<string, string>, before: string, after: string) => compareReleases(tree(files), { name: 'release', path: 'release.yaml' }, { url: 'https://example.com/old.yaml', bytes: Buffer.from(before) }, { url: 'https://example.com/new.yaml', bytes: Buffer.from(after) });

const role = (name: string, verbs: string): string => `---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: ${name}}\nrules:\n  - {apiGroups: [""], resources: [secrets], verbs: [${verbs}]}\n`;
const binding = (name: string, account: string): string => `---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: ${name}}\nroleRef: {kind: ClusterRole, name: operator}\nsubjects:\n  - {kind: ServiceAccount, name: ${account}, namespace: widgets}\n`;

test('a role that only has another name allows nothing new; one that allows more, and who gets one, is told', () => {
  const before = role('operator', 'get') + binding('operator', 'operator');
  const after = role('controller', 'get') + role('operator', '"*"') + binding('operator', 'operator') + binding('more', 'other');

  expect(compared({ 'release.yaml': before }, before, after).rights).toEqual([
    'ClusterRole operator: * secrets',
    'ClusterRoleBinding more (new): ServiceAccount widgets/other gets ClusterRole operator',
  ]);
});

test('images that controllers are told to run count', () => {
  const with_ = (version: string): string => widgets().replace('{name: operator, image: "example.com/operator:1.0.0"}', `{name: operator, image: "example.com/operator:${version}", args: ["--solver-image=example.com/solver:${version}"], env: [{name: RUNTIME_IMAGE_NAME, value: "example.com/runtime:${version}"}, {name: IMAGE_POLICY, value: always}]}`);

  expect(compared({ 'release.yaml': with_('1') }, with_('1'), with_('2')).images).toEqual(['example.com/operator: 1 → 2', 'example.com/runtime: 1 → 2', 'example.com/solver: 1 → 2']);
});

test('a namespace that is gone from the release takes all with it', () => {
  const before = `${widgets()}---\napiVersion: v1\nkind: Namespace\nmetadata: {name: widgets}\n`;

  expect(compared({ 'release.yaml': before }, before, widgets()).breaks).toEqual([{ file: 'release.yaml', line: 1, subject: 'Namespace widgets', text: 'is gone from the release: where Flux prunes, it is deleted with all that is in it' }]);
  expect(compared({ 'release.yaml': before, 'ours.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: widgets}\n' }, before, widgets()).breaks).toEqual([]);
});

test('a field that becomes required is told where an object lacks it, in items of lists as well', () => {
  const sized = (required: string): string => widgets({ size: `type: array, items: {type: object, properties: {unit: {type: string}}, required: [${required}]}` });
  const shop = 'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: shop.example.com/v1\n    kind: Widget\n    metadata: {name: small}\n    spec:\n      size:\n        - {unit: cm}\n        - {}\n';

  const { breaks, definitions } = compared({ 'release.yaml': sized(''), 'shop.yaml': shop }, sized(''), sized('unit'));

  expect(breaks).toEqual([{ file: 'shop.yaml', line: 10, subject: 'Widget small', text: 'spec.size[1].unit is missing, and has to be there' }]);
  expect(definitions.map((one) => [definitionText(one), one.uses])).toEqual([['Widget shop.example.com/v1 spec.size[].unit is required now', ['shop.yaml:10']]]);
});

testWith('shared', 'cert-manager 1.16.1 to 1.21.2, as they are: what an issuer of ours has is told if it no longer fits', (shared) => {
  const [before, after] = ['upstream/cert-manager-v1.16.1.yaml', 'crds/cert-manager-1.21.2.yaml'].map((file) => readFileSync(join(shared, file), 'utf8')) as [string, string];
  const issuer = (venafi: string): string => `apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: {name: ours}\nspec:\n  venafi: ${venafi}\n`;

  const fine = compared({ 'release.yaml': before, 'issuer.yaml': issuer('{zone: a, cloud: {apiTokenSecretRef: {name: token}}}') }, before, after);
  const broken = compared({ 'release.yaml': before, 'issuer.yaml': issuer('{zone: a}') }, before, after);

  expect(fine.definitions.map((one) => [definitionText(one), one.uses])).toEqual([
    ['ClusterIssuer cert-manager.io/v1 spec.venafi has a new rule: exactly one of tpp, cloud, or ngts must be configured', ['issuer.yaml:5']],
    ['Issuer cert-manager.io/v1 spec.venafi has a new rule: exactly one of tpp, cloud, or ngts must be configured', []],
  ]);
  const namespace = { file: 'release.yaml', line: 1, subject: 'Namespace cert-manager', text: 'is gone from the release: where Flux prunes, it is deleted with all that is in it' }; // the newer file has the definitions alone
  expect([fine.breaks, isBreaking(fine)]).toEqual([[namespace], true]);
  expect(broken.breaks).toEqual([{ file: 'issuer.yaml', line: 5, subject: 'ClusterIssuer ours', text: expect.stringContaining('exactly one of tpp, cloud, or ngts must be configured') as string }, namespace]);
  expect(fine.gone).toContain('Deployment cert-manager/cert-manager');
});

testWith('shared', 'CNPG 1.24.1 and 1.27.0, there and back: what 1.27 has new, a cluster of ours loses on the way back', (shared) => {
  const [old, now] = ['upstream/cnpg-1.24.1.yaml', 'crds/cnpg-1.27.0.yaml'].map((file) => readFileSync(join(shared, file), 'utf8')) as [string, string];
  const cluster = 'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: pg}\nspec:\n  instances: 3\n  storage: {size: 1Gi}\n  postgresql:\n    extensions:\n      - {name: vector, image: {reference: "example.com/vector:1"}}\n';

  const back = compared({ 'release.yaml': now, 'pg.yaml': cluster }, now, old);

  expect(back.breaks.map(({ file, line, subject, text }) => `${file}:${line} ${subject}: ${text}`)).toEqual([expect.stringMatching(/^pg\.yaml:8 Cluster pg: spec\.postgresql\.extensions /)]);
  expect(back.gone).toContain('CustomResourceDefinition databases.postgresql.cnpg.io');
  expect(compared({ 'release.yaml': old }, old, old)).toEqual({ breaks: [], definitions: [], images: [], rights: [], gone: [], added: [] });
});
