import { testWith } from '../../tools';
import { findingsOf, renderedFindingsOf } from '../check-tree';
import { deployment, web } from './web';

const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [deployment.yaml]\n';
const files = { 'debug/kustomization.yaml': component, 'debug/deployment.yaml': deployment('debug') };
const plain = { ...files, 'debug/kustomization.yaml': 'resources: [deployment.yaml]\n' };

testWith('kustomize', 'a component among the resources, and a folder that is none among the components', async (kustomize) => {
  const cases = [
    [web('  - ../debug\n', files), 'web/kustomization.yaml:3 error: "../debug" is a Component: kustomize refuses it as a resource\n  fix: list it under components'],
    [web('components:\n  - ../debug\n', plain), 'web/kustomization.yaml:4 error: "../debug" is no Component: kustomize refuses it as one\n  fix: list it under resources, or write "kind: Component" into debug/kustomization.yaml'],
    [web('', plain, 'components:\n  - ../debug\n'), 'clusters/prod/web.yaml:14 error Kustomization flux-system/web: "../debug" is no Component: kustomize refuses it as one\n  fix: write "kind: Component" into debug/kustomization.yaml'],
    [web('', files, 'components:\n  - debug\n'), 'clusters/prod/web.yaml:14 error Kustomization flux-system/web: "debug" is no folder with a kustomization.yaml, seen from web\n  fix: write the path as seen from spec.path'],
    [web('', files, 'components:\n  - https://example.com/debug\n'), 'clusters/prod/web.yaml:14 error Kustomization flux-system/web: "https://example.com/debug" is not a path below the source, and Flux refuses it\n  fix: copy it into the repository'],
  ] as const;

  for (const [tree, text] of cases) {
    expect(await findingsOf('component-misplaced', tree)).toEqual([text]);
    if (!text.includes('seen from')) expect(await renderedFindingsOf(kustomize, 'kustomize-build-failed', tree)).toHaveLength(1);
  }
});

test('each in its place is fine, and so is a missing one that may be missing', async () => {
  expect(await findingsOf('component-misplaced', web('components: [../debug]\n', files))).toEqual([]);
  expect(await findingsOf('component-misplaced', web('', files, 'components: [../debug]\n'))).toEqual([]);
  expect(await findingsOf('component-misplaced', web('', files, 'components: [debug]\nignoreMissingComponents: true\n'))).toEqual([]);
});
