import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { UserError } from '../errors';
import { parseEnvironments, type Environment, type EnvironmentsFile } from '../environments/environments-file';
import type { Remains } from '../environments/plan-remove';
import { Repository } from '../model/repository';
import { nearestTo } from '../nearest';
import { shellWord } from '../publish/shell-word';
import { fromRoot } from '../publish/typed-paths';
import type { Git } from '../tree/git';
import { GitBranches } from '../tree/git-branch';
import { readTreeAt } from '../tree/git-tree';
import { baseName } from '../tree/path';
import type { Tree } from '../tree/tree';
import type { Terminal } from './command';
import { findInstance } from './environment-instances';
import { openRepository } from './open-repository';

/** The file that lists the ephemeral environments, and the repository around it. */
export interface OpenedEnvironments {
  readonly root: string;
  readonly repository: Repository;
  readonly git: Git | undefined;
  readonly branches: GitBranches | undefined;
  /** From the root. */
  readonly path: string;
  /** Undefined where there is no file yet. */
  readonly text: string | undefined;
  readonly file: EnvironmentsFile;
}

const NAME = 'environments.yaml';

/**
 * @param typed the file that was named
 * @throws UserError `reference-invalid` for one that is not there, `usage` where there are several, `settings-invalid`
 */
export function openEnvironments(terminal: Terminal, typed: string | undefined): OpenedEnvironments {
  const { tree, root, git } = openRepository(terminal);
  const path = typed === undefined ? findFile(tree, root, terminal.directory) : fromRoot(typed, '--file', { root, from: terminal.directory }, (one) => tree.has(one));
  const bytes = tree.get(path)?.bytes;
  if (bytes === undefined && typed !== undefined) {
    const near = nearestTo(path, [...tree.paths()].filter((one) => /\.ya?ml$/.test(one)));
    throw new UserError('reference-invalid', `there is no file ${typed}`, near === undefined ? 'name a file of the repository, or leave --file out' : `write --file ${near}`);
  }
  const text = bytes?.toString('utf8');
  const isInstalled = git?.isInstalled === true;
  return { root, repository: new Repository(tree), git: isInstalled ? git : undefined, branches: isInstalled ? new GitBranches(git.top) : undefined, path, text, file: parseEnvironments(text ?? '', path) };
}

/** The only one that there is; else a new one beside cdk8s.yaml, or at the root. */
function findFile(tree: Tree, root: string, directory: string): string {
  const found = [...tree.paths()].filter((path) => baseName(path) === NAME && /^environments:/m.test(tree.get(path)!.bytes.toString('utf8')));
  if (found.length > 1) throw new UserError('usage', `there are ${found.length} files of environments: ${found.join(', ')}`, `say which: --file ${found[0]!}`);
  if (found.length === 1) return found[0]!;
  for (let folder = directory; folder.startsWith(root); folder = dirname(folder)) {
    if (existsSync(join(folder, 'cdk8s.yaml'))) return relative(root, join(folder, NAME)).split(sep).join('/');
    if (folder === dirname(folder)) break;
  }
  return NAME;
}

/** @throws UserError `reference-invalid` with the nearest branch that has an environment */
export function environmentOf({ file, path }: OpenedEnvironments, branch: string): Environment {
  const found = file.environments.find((one) => one.branch === branch) ?? file.environments.find((one) => one.namespace === branch);
  if (found !== undefined) return found;
  const near = nearestTo(branch, file.environments.map((one) => one.branch));
  throw new UserError('reference-invalid', `${path} lists no environment of the branch ${JSON.stringify(branch)}`, near === undefined ? 'fluxwright ephemeral list shows them' : `write ${shellWord(near)}`);
}

/** What of an environment is in the working copy, and in HEAD. */
export function remainsOf({ repository, git }: OpenedEnvironments, environments: readonly Environment[]): (environment: Environment) => { readonly working: Remains; readonly committed: Remains } {
  const head = git?.resolve('HEAD') === undefined || environments.length === 0 ? undefined : new Repository(readTreeAt(git, 'HEAD'));
  return (environment) => {
    const [working, committed] = [repository, head].map((one): Remains => {
      const instance = one === undefined ? undefined : findInstance(one, environment);
      return { dependants: instance?.dependants ?? [], isThere: instance !== undefined };
    });
    return { working: working!, committed: head === undefined ? working! : committed! };
  };
}

/** @throws UserError `not-in-git` outside of a repository of Git, `git-failed` where the remote does not tell, or tells of no branch at all */
export function remoteBranches({ branches, root }: OpenedEnvironments, remote: string): ReadonlySet<string> {
  if (branches === undefined) throw new UserError('not-in-git', `${root} lies in no repository of Git, which knows the remotes`, 'call it in a clone');
  const found = branches.remote(remote);
  if (found.size === 0) throw new UserError('git-failed', `${remote} says that it has no branch at all`, 'check that it is the right remote: git remote -v');
  return found;
}
