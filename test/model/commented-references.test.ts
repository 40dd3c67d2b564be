import { commentedReferences, liesIn } from '../../src/model/commented-references';
import { Repository } from '../../src/model/repository';
import { treeOf } from '../checks/check-tree';

test('what a kustomization.yaml names in a comment is left out on purpose, with all that lies in it', () => {
  const found = commentedReferences(new Repository(treeOf({ 'apps/kustomization.yaml': 'resources:\n  - web.yaml\n  # - mail/ks.yaml  # broken since March\n  #- ../old\n  # we like it here\n' })));

  expect([...found]).toEqual(['apps/mail/ks.yaml', 'old']);
  expect(['old/web/ks.yaml', 'older/ks.yaml'].map((path) => liesIn(path, found))).toEqual([true, false]);
});
