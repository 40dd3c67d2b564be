import { bootstrapped, findingsOf, kustomization, object } from '../check-tree';

const tree = (listed: string, service = object('Service', 'web', 'shop')) => ({
  ...bootstrapped('clusters/prod'),
  'clusters/prod/web.yaml': kustomization('web', './web'),
  'web/kustomization.yaml': listed,
  'web/deployment.yaml': object('Deployment', 'web', 'shop'),
  'web/service.yaml': service,
});

test('a manifest that its kustomization.yaml does not list is a warning', async () => {
  expect(await findingsOf('file-not-listed', tree('resources:\n  - deployment.yaml\n'))).toEqual([
    'web/service.yaml:1 warning: Service shop/web is not applied: web/kustomization.yaml does not list this file\n'
    + '  fix: add "- service.yaml" to the resources of web/kustomization.yaml, or delete the file',
  ]);
});

test.each([
  ['is commented out', tree('resources:\n  - deployment.yaml\n  #- service.yaml\n')],
  ['is listed elsewhere', { ...tree('resources:\n  - deployment.yaml\n'), 'other/kustomization.yaml': 'resources: [../web/service.yaml]\n' }],
  ['is a patch', tree('resources:\n  - deployment.yaml\npatches:\n  - path: service.yaml\n')],
  ['says that a person applies it', tree('resources:\n  - deployment.yaml\n', `# kubectl apply -f web/service.yaml\n${object('Service', 'web', 'shop')}`)],
  ['is no manifest', tree('resources:\n  - deployment.yaml\n', 'replicas: 1\n')],
  ['holds a Flux Kustomization', tree('resources:\n  - deployment.yaml\n', kustomization('x', './x'))],
])('a file that %s is fine', async (_, files) => {
  expect(await findingsOf('file-not-listed', files)).toEqual([]);
});
