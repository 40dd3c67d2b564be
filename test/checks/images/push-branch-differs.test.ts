import { findingsOf } from '../check-tree';
import { automation, fleet } from './fleet';

test('pushing to another branch than Flux follows is worth a notice', async () => {
  const files = fleet({ 'clusters/prod/automation.yaml': automation('./', { push: 'image-updates' }) });

  expect(await findingsOf('push-branch-differs', files)).toEqual([
    'clusters/prod/automation.yaml:16 notice ImageUpdateAutomation flux-system/updates: it pushes to the branch image-updates, and the GitRepository flux-system follows main\n'
    + '  fix: push to the branch that the GitRepository follows, unless a pull request is meant to stand between',
  ]);
});

test('pushing to the branch that Flux follows is fine', async () => {
  expect(await findingsOf('push-branch-differs', fleet())).toEqual([]);
});
