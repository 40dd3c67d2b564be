import { join } from 'node:path';
import { ciBuild, isCi } from '../../src/cli/ci-build';
import { folderWith } from '../folders';

const nothing = { target: undefined, targetCommit: undefined, before: undefined, defaultBranch: undefined };

test.each<[string, Record<string, string>]>([
  ['GitHub, Gitea and Forgejo', { GITHUB_BASE_REF: 'main' }],
  ['GitLab', { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main', CI_COMMIT_BEFORE_SHA: '0'.repeat(40) }],
  ['Bitbucket', { BITBUCKET_PR_DESTINATION_BRANCH: 'main' }],
  ['Azure', { SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main' }],
  ['Jenkins', { CHANGE_TARGET: 'main' }],
  ['Buildkite', { BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'main' }],
  ['Woodpecker', { CI_COMMIT_TARGET_BRANCH: 'main' }],
  ['Drone', { DRONE_PULL_REQUEST: '7', DRONE_TARGET_BRANCH: 'main' }],
  ['Travis', { TRAVIS_PULL_REQUEST: '7', TRAVIS_BRANCH: 'main' }],
])('%s says where a pull request goes', (_, variables) => {
  expect(ciBuild(variables)).toEqual({ ...nothing, target: 'main' });
});

test('a push has no target, though some systems name its branch as one', () => {
  expect(ciBuild({ GITHUB_BASE_REF: '', BUILDKITE_PULL_REQUEST_BASE_BRANCH: '', DRONE_TARGET_BRANCH: 'main', TRAVIS_PULL_REQUEST: 'false', TRAVIS_BRANCH: 'main' })).toEqual(nothing);
  expect(ciBuild({ CI_COMMIT_BEFORE_SHA: 'abc', CI_DEFAULT_BRANCH: 'main' })).toEqual({ ...nothing, before: 'abc', defaultBranch: 'main' });
  expect(ciBuild({ DRONE_COMMIT_BEFORE: 'abc', DRONE_REPO_BRANCH: 'main' })).toEqual({ ...nothing, before: 'abc', defaultBranch: 'main' });
});

test('GitHub tells of a push, and of a queue of merges, in a file', () => {
  const written = (event: unknown) => join(folderWith({ 'event.json': typeof event === 'string' ? event : JSON.stringify(event) }), 'event.json');

  expect(ciBuild({ GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: written({ before: 'abc', repository: { default_branch: 'main' } }) })).toEqual({ ...nothing, before: 'abc', defaultBranch: 'main' });
  expect(ciBuild({ GITHUB_EVENT_NAME: 'merge_group', GITHUB_EVENT_PATH: written({ merge_group: { base_sha: 'abc' } }) })).toEqual({ ...nothing, targetCommit: 'abc' });
  expect(ciBuild({ GITHUB_EVENT_NAME: 'pull_request', GITHUB_BASE_REF: 'main', GITHUB_EVENT_PATH: written({ before: 'abc' }) })).toEqual({ ...nothing, target: 'main' });
  expect(ciBuild({ GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: written('{') })).toEqual(nothing);
  expect(ciBuild({ GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: '/nowhere' })).toEqual(nothing);
});

test('CI is what says so', () => {
  expect(['true', '1', 'TRUE', 'woodpecker'].map((CI) => isCi({ CI }))).toEqual([true, true, true, true]);
  expect([{}, { CI: '' }, { CI: 'false' }, { CI: '0' }].map(isCi)).toEqual([false, false, false, false]);
});
