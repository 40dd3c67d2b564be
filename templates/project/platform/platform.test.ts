import { testApp, treeMatchers } from 'fluxwright/testing';
import { platform } from './platform';
import { site } from './site';

expect.extend(treeMatchers);

const app = testApp();
platform(app);

test.each(['staging', 'production'])('the namespace of %s, and with it the database, outlives its manifest', (name) => {
  expect(app).toMatchTree({
    [`k8s/${name}/namespace.yaml`]: `
      apiVersion: v1
      kind: Namespace
      metadata: { name: ${name}, annotations: { kustomize.toolkit.fluxcd.io/prune: disabled } }`,
  });
});

test('production deploys its own version', () => {
  expect(app).toMatchTree({
    'k8s/images/production/kustomization.yaml': `
      apiVersion: kustomize.config.k8s.io/v1alpha1
      kind: Component
      images: [{ name: ${site.image}, newTag: 1.0.0 }]`,
  });
});

test('nothing would go wrong in the cluster', async () => {
  await expect(app).toHaveNoFindings({ render: false });
});
