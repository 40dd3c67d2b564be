import { findingsOf, type Files } from '../check-tree';
import { automation, deployment, fleet, imagePolicy, imageRepository } from './fleet';

const prod = (tag: string): Files => fleet({
  'clusters/prod/images.yaml': imageRepository('web', 'ghcr.io/shop/web') + '---\n' + imagePolicy('web', 'numerical: {order: asc}', { filterTags: "{pattern: '^prod-(?P<ts>[0-9]+)$', extract: '$ts'}" }) + '---\n' + automation('./'),
  'clusters/prod/web.yaml': deployment(`ghcr.io/shop/web:${tag} # {"$imagepolicy": "flux-system:web"}`),
});

test('a tag that its policy never selects is told', async () => {
  expect(await findingsOf('marked-tag-unselectable', prod('hotfix'))).toEqual([
    'clusters/prod/web.yaml:11 warning: the tag "hotfix" does not fit the pattern "^prod-(?P<ts>[0-9]+)$" of its ImagePolicy flux-system:web, which will replace it\n'
    + '  fix: take the marker off while the tag has to stay, or let the pattern of the policy select it',
  ]);
});

test('a tag that fits is fine', async () => {
  expect(await findingsOf('marked-tag-unselectable', prod('prod-17'))).toEqual([]);
});

test('a tag outside of the range of its policy is told', async () => {
  const tagged = (tag: string): Files => fleet({ 'clusters/prod/web.yaml': deployment(`ghcr.io/shop/web:${tag} # {"$imagepolicy": "flux-system:web"}`) });

  expect(await findingsOf('marked-tag-unselectable', tagged('0.9.0'))).toEqual([
    'clusters/prod/web.yaml:11 warning: the tag "0.9.0" is not in the range ">=1.0.0" of its ImagePolicy flux-system:web, which will replace it\n'
    + '  fix: take the marker off while the tag has to stay, or let the pattern of the policy select it',
  ]);
  expect((await findingsOf('marked-tag-unselectable', tagged('hotfix')))[0]).toContain('the tag "hotfix" is no version in the range ">=1.0.0"');
  expect(await findingsOf('marked-tag-unselectable', tagged('v1.4.0'))).toEqual([]);
});

test('an environment that is one file, policy and all, may start with a tag of another branch', async () => {
  const instance = `${imagePolicy('web', 'numerical: {order: asc}', { filterTags: "{pattern: '^dev-(?P<ts>[0-9]+)$', extract: '$ts'}" })}---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: dev-app, namespace: flux-system}
spec:
  interval: 1m
  path: ./apps
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system}
  images:
    - name: ghcr.io/shop/web
      newTag: prod-17 # {"$imagepolicy": "flux-system:web:tag"}
`;
  const files = fleet({ 'clusters/prod/images.yaml': `${imageRepository('web', 'ghcr.io/shop/web')}---\n${automation('./')}`, 'clusters/prod/web.yaml': instance, 'apps/kustomization.yaml': 'resources: []\n' });

  expect(await findingsOf('marked-tag-unselectable', files)).toEqual([]);
  expect(await findingsOf('marked-tag-unselectable', { ...files, 'clusters/prod/api.yaml': deployment('ghcr.io/shop/web:prod-17 # {"$imagepolicy": "flux-system:web"}') })).toHaveLength(1);
});

test('an image that its policy is not for would become another', async () => {
  const marked = (image: string, part = ''): Files => fleet({ 'clusters/prod/web.yaml': deployment(`${image} # {"$imagepolicy": "flux-system:web${part}"}`) });

  expect(await findingsOf('marked-tag-unselectable', marked('ghcr.io/shop/api:1.4.0'))).toEqual([
    'clusters/prod/web.yaml:11 warning: the image ghcr.io/shop/api is another than ghcr.io/shop/web, of which its ImagePolicy flux-system:web chooses the tags: the image automation writes that one here\n'
    + '  fix: name a policy for this image, or only ":tag" of it, or write the image that is meant',
  ]);
  expect(await findingsOf('marked-tag-unselectable', marked('1.4.0', ':tag'))).toEqual([]);
});

test.each(['nginx', 'library/nginx', 'docker.io/nginx', 'index.docker.io/library/nginx'])('an image of Docker Hub is the same in each of its spellings: %s', async (image) => {
  const files = fleet({
    'clusters/prod/images.yaml': `${imageRepository('web', 'docker.io/library/nginx')}---\n${imagePolicy('web', 'semver: {range: ">=1.0.0"}')}---\n${automation('./clusters/prod')}`,
    'clusters/prod/web.yaml': deployment(`${image}:1.27.0 # {"$imagepolicy": "flux-system:web"}`),
  });

  expect(await findingsOf('marked-tag-unselectable', files)).toEqual([]);
});
