import { testWith } from '../../tools';
import { findingsOf, renderedFindingsOf } from '../check-tree';
import { settings, shop } from './shop';

const tree = (value: string, text = settings('version: "${VERSION}"')) => shop(`postBuild:\n  substitute:\n    VERSION: ${value}\n`, { 'settings.yaml': text });

test.each([['"1.20"', '1.2, a number', '1.20'], ['"123"', '123, a number', '123'], ["'no'", 'false, a boolean', 'no'], ["'1e5'", '100000, a number', '1e5'], ["'0x10'", '16, a number', '0x10']])('%s becomes %s where a text is wanted', async (value, becomes, quoted) => {
  expect(await findingsOf('variable-changes-type', tree(value))).toEqual([
    `shop/settings.yaml:5 error ConfigMap shop/settings: \${VERSION} in data.version becomes ${becomes}, where a text is wanted\n  fix: put quotes into the value: VERSION: '"${quoted}"'`,
  ]);
});

test('null is dropped without a word', async () => {
  expect(await findingsOf('variable-changes-type', tree("'null'"))).toEqual([
    'shop/settings.yaml:5 warning ConfigMap shop/settings: ${VERSION} in data.version becomes null, where a text is wanted\n  fix: put quotes into the value: VERSION: \'"null"\'',
  ]);
  expect(await findingsOf('variable-changes-type', tree('""'))).toEqual([]);
});

testWith('kustomize', 'so it does in a label and in the environment of a container', async (kustomize) => {
  const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop, labels: { version: "${VERSION}" } }\nspec:\n  replicas: ${VERSION}\n  selector: { matchLabels: { app: web } }\n  template:\n    metadata: { labels: { app: web } }\n    spec:\n      containers:\n        - name: web\n          image: web\n          env: [{ name: PORT, value: "${VERSION}" }]\n';
  const found = await renderedFindingsOf(kustomize, 'variable-changes-type', tree('"2"', deployment));

  expect(found.map((text) => text.split(': ')[1])).toEqual(['${VERSION} in metadata.labels.version becomes 2, a number, where a text is wanted\n  fix', '${VERSION} in spec.template.spec.containers[0].env[0].value becomes 2, a number, where a text is wanted\n  fix']);
});

test('a longer text, quotes in the value, and a field that takes anything are fine', async () => {
  expect(await findingsOf('variable-changes-type', tree('"123"', settings('version: "v${VERSION}"')))).toEqual([]);
  expect(await findingsOf('variable-changes-type', tree(`'"123"'`))).toEqual([]);
  expect(await findingsOf('variable-changes-type', tree('"2026-01-01"'))).toEqual([]);
  expect(await findingsOf('variable-changes-type', tree('"3"', 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: web, namespace: shop }\nspec:\n  interval: 1h\n  chartRef: { kind: OCIRepository, name: web }\n  values: { replicas: "${VERSION}" }\n'))).toEqual([]);
});
