import { bootstrapped, findingsOf, kustomization } from '../check-tree';

const cluster = { ...bootstrapped('clusters/prod'), 'clusters/prod/apps.yaml': kustomization('apps', './apps') };
const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';

test('a file that Go cannot read is an error where it is applied, and a warning elsewhere', async () => {
  const broken = `${object}  name: b\n`;

  expect(await findingsOf('file-unreadable', { ...cluster, 'apps/a.yaml': broken, 'attic/b.yaml': broken, 'apps/kustomization.yaml': 'resources: [a.yaml]\n' })).toMatchInlineSnapshot(`
[
  "apps/a.yaml:5 error: is not YAML that Go reads: map keys must be unique
  fix: mend this line",
  "attic/b.yaml:5 warning: is not YAML that Go reads: map keys must be unique
  fix: mend this line",
]
`);
});

test('files that can be read, that are templates, or that hold no manifests are none of its business', async () => {
  expect(await findingsOf('file-unreadable', { ...cluster, 'apps/a.yaml': object, 'charts/b.yaml': `{{ if .Values }}\n${object}{{ end }}`, 'values.yaml': 'a: b: c' })).toEqual([]);
});
