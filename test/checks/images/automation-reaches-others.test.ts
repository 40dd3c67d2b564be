import { bootstrapped, findingsOf, kustomization, type Files } from '../check-tree';
import { automation, deployment, imagePolicy, imageRepository } from './fleet';

const cluster = (stage: string, path: string): Files => ({
  ...bootstrapped(`clusters/${stage}`),
  [`clusters/${stage}/images.yaml`]: `${imageRepository('web', 'ghcr.io/shop/web')}---\n${imagePolicy('web', 'semver: {range: ">=1.0.0"}')}---\n${automation(path)}`,
  [`clusters/${stage}/web.yaml`]: deployment('ghcr.io/shop/web:1.4.0 # {"$imagepolicy": "flux-system:web"}'),
});

test('an automation that goes over another cluster, with a policy of the same name, writes its images', async () => {
  const files = { ...cluster('prod', './clusters/prod'), ...cluster('test', './clusters') };

  expect(await findingsOf('automation-reaches-others', files)).toEqual([
    'clusters/prod/web.yaml:11 warning: the ImageUpdateAutomation flux-system/updates of clusters/test writes this value of clusters/prod, by its own ImagePolicy flux-system:web\n'
    + '  fix: narrow update.path to the files of this cluster, or give the policies of each cluster names of their own',
  ]);
});

test('two automations that write one shared value are told', async () => {
  const files = {
    ...cluster('prod', './'), ...cluster('test', './'),
    'clusters/prod/web.yaml': kustomization('web', './apps'), 'clusters/test/web.yaml': kustomization('web', './apps'),
    'apps/web.yaml': deployment('ghcr.io/shop/web:1.4.0 # {"$imagepolicy": "flux-system:web"}'),
  };

  expect(await findingsOf('automation-reaches-others', files)).toEqual([
    'apps/web.yaml:11 warning: the ImageUpdateAutomations of clusters/prod and clusters/test all write this value, each by its own ImagePolicy flux-system:web\n'
    + '  fix: narrow update.path to the files of this cluster, or give the policies of each cluster names of their own',
  ]);
});

test('automations that keep to their own clusters are fine', async () => {
  expect(await findingsOf('automation-reaches-others', { ...cluster('prod', './clusters/prod'), ...cluster('test', './clusters/test') })).toEqual([]);
});

test('a marked file that no Kustomization builds, such as a fixture or a template of branches, is written all the same', async () => {
  const fixture = { 'test/fixtures/web.yaml': deployment('ghcr.io/shop/web:1.4.0 # {"$imagepolicy": "flux-system:web"}') };

  expect(await findingsOf('automation-reaches-others', { ...cluster('prod', './'), ...fixture })).toEqual([
    'test/fixtures/web.yaml:11 warning: the ImageUpdateAutomation flux-system/updates writes this value, in a file that no Kustomization builds: what is a template, a fixture or a branch\'s own changes with clusters/prod\n'
    + '  fix: narrow update.path to what its cluster applies, or take the marker off',
  ]);
  expect(await findingsOf('automation-reaches-others', { ...cluster('prod', './clusters'), ...fixture })).toEqual([]);
});
