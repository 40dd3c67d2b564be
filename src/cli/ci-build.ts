import { readFileSync } from 'node:fs';
import { textAt } from '../model/fields';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a CI system says about the build that it runs. */
export interface CiBuild {
  /** The branch that the pull request is to be merged into. */
  readonly target: string | undefined;
  /** The commit that the pull request began from, or the commit of the target. */
  readonly targetCommit: string | undefined;
  /** For a push: the commit that the branch was at before it. */
  readonly before: string | undefined;
  /** The branch that everything goes to in the end. */
  readonly defaultBranch: string | undefined;
}

/** Whether a CI system runs this, where nothing may be passed over in silence. */
export function isCi({ CI }: Environment): boolean {
  return CI !== undefined && !['', '0', 'false'].includes(CI.toLowerCase());
}

/** Reads the variables of the usual CI systems; those of a system that does not run are not set. */
export function ciBuild(environment: Environment): CiBuild {
  const first = (...names: readonly string[]): string | undefined => names.map((name) => environment[name]?.trim()).find((value) => value !== undefined && value !== '' && value !== 'null');
  const event = githubEvent(environment['GITHUB_EVENT_PATH']);
  const target = first(
    'GITHUB_BASE_REF', // also Gitea and Forgejo
    'CI_MERGE_REQUEST_TARGET_BRANCH_NAME', // GitLab
    'BITBUCKET_PR_DESTINATION_BRANCH',
    'SYSTEM_PULLREQUEST_TARGETBRANCH', // Azure
    'CHANGE_TARGET', // Jenkins
    'BUILDKITE_PULL_REQUEST_BASE_BRANCH',
    'CI_COMMIT_TARGET_BRANCH', // Woodpecker
    ...(first('DRONE_PULL_REQUEST') === undefined ? [] : ['DRONE_TARGET_BRANCH']), // set for pushes, too, to the branch itself
    ...(first('TRAVIS_PULL_REQUEST') === 'false' ? [] : ['TRAVIS_BRANCH']),
  );
  const before = first('GITHUB_EVENT_NAME') === 'push' ? textAt(event, 'before') : first('CI_COMMIT_BEFORE_SHA', 'CI_PREV_COMMIT_SHA', 'DRONE_COMMIT_BEFORE');
  return {
    target: target?.replace(/^refs\/heads\//, ''),
    targetCommit: first('CI_MERGE_REQUEST_DIFF_BASE_SHA', 'BITBUCKET_PR_DESTINATION_COMMIT') ?? textAt(event, 'merge_group.base_sha'),
    before: before === undefined || /^0*$/.test(before) ? undefined : before, // zeros: the branch is new
    defaultBranch: textAt(event, 'repository.default_branch') ?? first('CI_DEFAULT_BRANCH', 'BUILDKITE_PIPELINE_DEFAULT_BRANCH', 'CI_REPO_DEFAULT_BRANCH', 'DRONE_REPO_BRANCH'),
  };
}

/** GitHub writes down what started a build. */
function githubEvent(path: string | undefined): unknown {
  if (path === undefined || path === '') return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined; // as where no such build runs
  }
}
