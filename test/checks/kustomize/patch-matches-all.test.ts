import { findingsOf, object } from '../check-tree';
import { web } from './web';

const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec: { replicas: 3 }\n';
const tree = (target: string, text = patch) => web(`  - service.yaml\npatches:\n  - path: replicas.yaml\n    target: ${target}\n`, { 'web/service.yaml': object('Service', 'web', 'shop'), 'web/replicas.yaml': text });

test('an empty target, or one of a namespace alone, selects everything', async () => {
  expect(await findingsOf('patch-matches-all', tree('{}'))).toEqual([
    'web/kustomization.yaml:5 warning: the target {} selects all 2 objects of the build\n  fix: write "target: { kind: Deployment }", or leave the target out',
  ]);
  expect((await findingsOf('patch-matches-all', tree('{ namespace: shop }')))[0]).toMatch('the target { namespace: shop } selects all 2 objects');
});

test('a kind, a label, or a patch that fits everything is fine', async () => {
  expect(await findingsOf('patch-matches-all', tree('{ kind: Deployment }'))).toEqual([]);
  expect(await findingsOf('patch-matches-all', tree('{ labelSelector: app }'))).toEqual([]);
  expect(await findingsOf('patch-matches-all', tree('{}', 'kind: Any\nmetadata: { name: any, annotations: { team: shop } }\n'))).toEqual([]);
  expect(await findingsOf('patch-matches-all', tree('{}', '- { op: add, path: /metadata/annotations/team, value: shop }\n'))).toEqual([]);
});
