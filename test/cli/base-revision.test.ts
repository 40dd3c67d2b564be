import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findBase, type BaseQuestion } from '../../src/cli/base-revision';
import { Git } from '../../src/tree/git';
import { folderWith } from '../folders';
import { Repository } from '../publish/repository';

/** `origin` has a first commit, then `main` goes on to `second`; `feature` left it at the first with two commits of its own. */
let origin: Repository;
let first: string, second: string, onFeature: string, feature: string;
beforeAll(() => {
  origin = Repository.create();
  origin.write('a.yaml', '1');
  first = origin.commit();
  origin.git('checkout', '--quiet', '-b', 'feature');
  origin.write('b.yaml', '1');
  onFeature = origin.commit();
  origin.write('b.yaml', '2');
  feature = origin.commit();
  origin.git('checkout', '--quiet', 'main');
  origin.write('a.yaml', '2');
  second = origin.commit();
  origin.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
});
afterAll(() => origin.remove());

const git = (root: string, ...parameters: string[]): string => execFileSync('git', parameters, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

function clone(...parameters: string[]): string {
  const folder = folderWith();
  git(folder, 'clone', '--quiet', ...parameters, parameters.includes('--depth') ? pathToFileURL(origin.root).href : origin.root, '.');
  git(folder, 'config', 'user.name', 'Test');
  git(folder, 'config', 'user.email', 'test@example.com');
  return folder;
}

const base = (root: string, environment: Record<string, string> = {}, question: Omit<BaseQuestion, 'environment'> = {}) => findBase(Git.around(root)!, { environment, ...question });

describe('in a clone of one\'s own', () => {
  test('a branch is compared with where it left the default branch, pushed or not', () => {
    const root = clone('--branch', 'feature');
    expect(base(root)).toEqual({ commit: first, name: 'origin/HEAD' });

    git(root, 'commit', '--quiet', '--allow-empty', '-m', 'local');
    expect(base(root)).toEqual({ commit: first, name: 'origin/HEAD' });
  });

  test('a branch that follows another is compared with where it left that', () => {
    const root = clone();
    git(root, 'checkout', '--quiet', '-b', 'fix', '--track', 'origin/feature');
    git(root, 'commit', '--quiet', '--allow-empty', '-m', 'local');

    expect(base(root)).toEqual({ commit: feature, name: 'origin/feature' });
  });

  test('on the default branch, the working tree is compared with what is pushed', () => {
    const root = clone();
    expect(base(root)).toEqual({ commit: second, name: 'origin/HEAD' });

    git(root, 'commit', '--quiet', '--allow-empty', '-m', 'local');
    expect(base(root)).toEqual({ commit: second, name: 'origin/HEAD' });
  });

  test('an older commit of the default branch is compared with the one before it', () => {
    expect(base(clone(), {}, { at: second })).toEqual({ commit: first, name: 'the commit before' });
  });

  test('where nothing is followed and nothing was pushed, there is nothing to compare with', () => {
    expect(base(origin.root)).toBeUndefined();

    const empty = Repository.create();
    expect(base(empty.root)).toBeUndefined();
    empty.remove();
  });

  test('--base is taken as it is meant: where both came from', () => {
    const root = clone('--branch', 'feature');

    expect(base(root, {}, { base: 'origin/main' })).toEqual({ commit: first, name: 'origin/main' });
    expect(base(root, {}, { base: 'HEAD^' })).toEqual({ commit: onFeature, name: 'HEAD^' });
    expect(() => base(root, {}, { base: 'origin/nope' })).toThrow('there is no origin/nope in this clone\n  fix: run: git fetch origin +refs/heads/nope:refs/remotes/origin/nope');
    expect(() => base(root, {}, { base: '--help' })).toThrow('--help is no commit that this clone has');
    expect(() => base(root, {}, { at: 'nope' })).toThrow('nope is no commit that this clone has');
  });

  test('a branch that shares no commit is refused', () => {
    const root = clone();
    git(root, 'checkout', '--quiet', '--orphan', 'pages');
    git(root, 'commit', '--quiet', '--allow-empty', '-m', 'other');

    expect(() => base(root)).toThrow('this change and origin/HEAD have no commit in common\n  fix: name the commit to compare with: --base REF');
  });
});

describe('in CI', () => {
  test('a pull request is compared with where it left its target', () => {
    const root = clone('--branch', 'feature');
    git(root, 'checkout', '--quiet', '--detach');
    git(root, 'remote', 'set-head', 'origin', '--delete');

    expect(base(root, { CI: 'true', GITHUB_BASE_REF: 'main' })).toEqual({ commit: first, name: 'origin/main' });
  });

  test('a pull request\'s merge commit is compared with the target it was merged into', () => {
    const root = clone();
    git(root, 'merge', '--quiet', '--no-edit', 'origin/feature');

    expect(base(root, { CI: 'true', GITHUB_BASE_REF: 'main' })).toEqual({ commit: second, name: 'origin/main' });
  });

  test('the commit that GitLab says a merge request began at is taken, the target where that is not here', () => {
    const root = clone('--branch', 'feature');
    const variables = { CI: 'true', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main' };

    expect(base(root, { ...variables, CI_MERGE_REQUEST_DIFF_BASE_SHA: onFeature })).toEqual({ commit: onFeature, name: 'origin/main' });
    expect(base(root, { ...variables, CI_MERGE_REQUEST_DIFF_BASE_SHA: '1'.repeat(40) })).toEqual({ commit: first, name: 'origin/main' });
    expect(() => base(root, { CI: 'true', CI_MERGE_REQUEST_DIFF_BASE_SHA: '1'.repeat(40) })).toThrow(`fix: run: git fetch origin ${'1'.repeat(40)}`);
  });

  test('a push to the default branch is compared with the state before the push, or the commit before', () => {
    const root = clone();
    git(root, 'commit', '--quiet', '--allow-empty', '-m', 'one');
    git(root, 'commit', '--quiet', '--allow-empty', '-m', 'two');
    git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
    const event = join(folderWith({ 'event.json': JSON.stringify({ before: second, repository: { default_branch: 'main' } }) }), 'event.json');

    expect(base(root, { CI: 'true', GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: event })).toEqual({ commit: second, name: 'the commit before this push' });
    expect(base(root, { CI: 'true', CI_COMMIT_BEFORE_SHA: second, CI_DEFAULT_BRANCH: 'main' })).toEqual({ commit: second, name: 'the commit before this push' });
    expect(base(root, { CI: 'true', DRONE_COMMIT_BEFORE: '0'.repeat(40) })).toEqual({ commit: git(root, 'rev-parse', 'HEAD^'), name: 'the commit before' });
    expect(base(root, { CI: 'true' })).toEqual({ commit: git(root, 'rev-parse', 'HEAD^'), name: 'the commit before' });
    expect(base(root)).toEqual({ commit: git(root, 'rev-parse', 'HEAD'), name: 'origin/HEAD' });
  });

  test('a push to another branch is compared with where that left the default branch, not with its last push', () => {
    const root = clone('--branch', 'feature');
    git(root, 'remote', 'set-head', 'origin', '--delete');

    expect(base(root, { CI: 'true', CI_COMMIT_BEFORE_SHA: onFeature, CI_DEFAULT_BRANCH: 'main' })).toEqual({ commit: first, name: 'origin/main' });
  });

  test('a first commit has nothing before it', () => {
    const root = clone();

    expect(base(root, { CI: 'true' }, { at: first })).toBeUndefined();
  });
});

describe('a shallow clone that lacks the commit is told how to fetch it, and that works', () => {
  const variables = { CI: 'true', GITHUB_BASE_REF: 'main' };

  function fetchAsTold(root: string, environment: Record<string, string>): string {
    try {
      base(root, environment);
    } catch (error) {
      const [problem, command] = /^(.*)\n {2}fix: run: git (.*?)(?:, or have .*)?$/.exec((error as Error).message)!.slice(1) as [string, string];
      git(root, ...command.split(' '));
      return problem;
    }
    throw new Error('nothing was missing');
  }

  test('the target of a pull request', () => {
    const root = clone('--depth', '1', '--branch', 'feature');

    expect(fetchAsTold(root, variables)).toBe('the pull request goes to main, which this clone does not have');
    expect(base(root, variables)).toEqual({ commit: first, name: 'origin/main' });
  });

  test('where the branch left the target', () => {
    const root = clone('--depth', '1', '--no-single-branch', '--branch', 'feature');

    expect(fetchAsTold(root, variables)).toBe('where this change left origin/main is beyond the end of this shallow clone');
    expect(base(root, variables)).toEqual({ commit: first, name: 'origin/main' });
  });

  test('the commit before a push', () => {
    const root = clone('--depth', '1');
    expect(fetchAsTold(root, { CI: 'true' })).toBe('the commit before this one is beyond the end of this shallow clone');
    expect(base(root, { CI: 'true' })).toEqual({ commit: first, name: 'the commit before' });

    const other = clone('--depth', '1');
    const push = { CI: 'true', CI_COMMIT_BEFORE_SHA: first };
    expect(fetchAsTold(other, push)).toBe(`the commit before this push, ${first}, is not in this shallow clone`);
    expect(base(other, push)).toEqual({ commit: first, name: 'the commit before this push' });
  });
});
