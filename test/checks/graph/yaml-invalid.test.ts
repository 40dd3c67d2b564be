import { bootstrapped, findingsOf, kustomization, object } from '../check-tree';

const BROKEN = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n   labels: {}\n';

test('a file that Flux reads and that is no YAML is an error; one that it does not read is told', async () => {
  const findings = await findingsOf('yaml-invalid', {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/web.yaml': kustomization('web', './web'),
    'web/web.yaml': BROKEN,
    'elsewhere/web.yaml': BROKEN,
  });

  expect(findings).toEqual([
    'elsewhere/web.yaml:4 notice: this file is not YAML that Go reads: nested mappings are not allowed in compact mappings\n  fix: mend this line',
    'web/web.yaml:4 error: this file is not YAML that Go reads: nested mappings are not allowed in compact mappings\n  fix: mend this line',
  ]);
});

test('data of a generator may be anything', async () => {
  const findings = await findingsOf('yaml-invalid', {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/web.yaml': kustomization('web', './web'),
    'web/kustomization.yaml': 'resources: [web.yaml]\nconfigMapGenerator:\n  - name: data\n    files: [data.yaml]\n',
    'web/web.yaml': object('ConfigMap', 'web'),
    'web/data.yaml': BROKEN,
  });

  expect(findings).toEqual([]);
});
