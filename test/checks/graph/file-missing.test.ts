import { bootstrapped, findingsOf, kustomization, object } from '../check-tree';

const tree = (listed: string) => ({
  ...bootstrapped('clusters/prod'),
  'clusters/prod/web.yaml': kustomization('web', './web'),
  'web/kustomization.yaml': listed,
  'web/deployment.yaml': object('Deployment', 'web', 'shop'),
  'base/service.yaml': object('Service', 'web', 'shop'),
});

test('a file that is not there is an error, with the one that is meant', async () => {
  expect(await findingsOf('file-missing', tree('resources:\n  - deploymnet.yaml\npatches:\n  - path: patch.yaml\n'))).toEqual([
    'web/kustomization.yaml:2 error: "deploymnet.yaml" does not exist\n  fix: write "deployment.yaml", if that is meant',
    'web/kustomization.yaml:4 error: "patch.yaml" does not exist\n  fix: write the name of what is there, or drop the entry',
  ]);
});

test('a folder without a kustomization.yaml cannot be listed', async () => {
  expect(await findingsOf('file-missing', tree('resources:\n  - ../base\n'))).toEqual([
    'web/kustomization.yaml:2 error: the folder "../base" has no kustomization.yaml\n  fix: add a kustomization.yaml to base, or list its files one by one',
  ]);
});

test('what no cluster builds is only told', async () => {
  const findings = await findingsOf('file-missing', { ...tree('resources:\n  - deployment.yaml\n'), 'local/kustomization.yaml': 'resources: [gone.yaml]\n' });

  expect(findings.map((text) => text.split('\n')[0])).toEqual(['local/kustomization.yaml:1 notice: "gone.yaml" does not exist']);
});

test('URLs, files of submodules and data of a kind that the tree holds none of are fine', async () => {
  const files = {
    ...tree('resources:\n  - https://example.com/release.yaml\n  - ../vendor/charts/all.yaml\n  - deployment.yaml\nconfigMapGenerator:\n  - name: script\n    files: [run.sh]\n'),
    '.gitmodules': '[submodule "charts"]\n\tpath = vendor/charts\n\turl = https://example.com/charts\n',
  };

  expect(await findingsOf('file-missing', files)).toEqual([]);
  expect(await findingsOf('file-missing', { ...files, 'hack/lint.sh': '' })).toEqual(['web/kustomization.yaml:7 error: "run.sh" does not exist\n  fix: write the name of what is there, or drop the entry']);
});
