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
