import { discoverClusters, walkingBuilder } from '../../src/model/clusters';
import { mayBePatched } from '../../src/model/patch-reach';
import { Repository } from '../../src/model/repository';
import { Walker } from '../../src/model/walk';
import { bootstrapped, kustomization, treeOf, type Files } from '../checks/check-tree';

/** Whether a patch of what applies it may change the field of the Kustomization `web`. */
async function reaches(field: string, patches: { readonly flux?: string; readonly files?: Files }): Promise<boolean> {
  const repository = new Repository(treeOf({
    ...bootstrapped('clusters/prod'),
    'clusters/prod/apps.yaml': kustomization('apps', './apps', patches.flux),
    'apps/kustomization.yaml': 'resources: [web.yaml]\n',
    'apps/web.yaml': kustomization('web', './web'),
    ...patches.files,
  }));
  const walker = new Walker(repository);
  const [cluster] = await discoverClusters(repository, walker, walkingBuilder(walker));
  const web = cluster!.kustomizations.find(({ name }) => name === 'web')!;
  return mayBePatched(repository, web.parent, web.object, field);
}

const strategic = (name: string): string => `kind: Kustomization\nmetadata:\n  name: ${name}\nspec:\n  wait: true\n`;
const indented = (text: string): string => text.replace(/^/gm, '      ');

test.each([
  ['a strategic merge patch of Flux', { flux: `patches:\n  - patch: |\n${indented(strategic('_'))}\n    target:\n      kind: Kustomization\n` }],
  ['operations of Flux', { flux: 'patches:\n  - patch: |\n      - op: add\n        path: /spec/wait\n        value: true\n    target:\n      kind: Kustomization\n      name: w.*\n' }],
  ['a patch file of kustomize', { files: { 'apps/kustomization.yaml': 'resources: [web.yaml]\npatches:\n  - path: wait.yaml\n', 'apps/wait.yaml': strategic('web') } }],
  ['an inline patch of the old field', { files: { 'apps/kustomization.yaml': `resources: [web.yaml]\npatchesStrategicMerge:\n  - |-\n${indented(strategic('web'))}` } }],
])('%s may change what it mentions, and nothing else', async (_, patches) => {
  expect(await reaches('wait', patches)).toBe(true);
  expect(await reaches('prune', patches)).toBe(false);
});

test.each([
  ['another kind', { flux: 'patches:\n  - patch: |\n      spec:\n        wait: true\n    target:\n      kind: HelmRelease\n' }],
  ['another name', { flux: 'patches:\n  - patch: |\n      spec:\n        wait: true\n    target:\n      kind: Kustomization\n      name: mail\n' }],
])('a patch of %s changes nothing', async (_, patches) => {
  expect(await reaches('wait', patches)).toBe(false);
});
