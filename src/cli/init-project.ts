import { mkdirSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { UserError } from '../errors';
import { Git } from '../tree/git';
import { GitBranches } from '../tree/git-branch';
import { ExitCode, type Terminal } from './command';
import { changesOf, diffOf, writeChanges } from './file-changes';
import { planInit } from './plan-init';
import { readProjectTemplate } from './project-template';

export interface InitCall {
  readonly folder?: string;
  readonly name?: string;
  readonly repository?: string;
  readonly imports: readonly string[];
  readonly isDryRun: boolean;
}

/** Makes a project of a folder, or shows what it would be. */
export function initProject(terminal: Terminal, { folder = '.', name, repository, imports, isDryRun }: InitCall): ExitCode {
  const directory = resolve(terminal.directory, folder);
  const found = statSync(directory, { throwIfNoEntry: false });
  if (found !== undefined && !found.isDirectory()) throw new UserError('usage', `${folder} is a file`, 'name a folder');
  const git = found === undefined ? undefined : Git.around(directory);
  const { version } = require('fluxwright/package.json') as { version: string };
  const { changes, kept } = planInit(readProjectTemplate(), { directory, name, repository: repository ?? originOf(git), imports, version });

  const real = changesOf(changes);
  if (isDryRun) {
    if (real.length > 0) terminal.print(diffOf(real));
  } else if (real.length > 0) {
    mkdirSync(directory, { recursive: true });
    writeChanges(directory, real);
    for (const { path, before } of real) terminal.print(`${before === undefined ? 'created' : 'added to'} ${path}`);
  }
  for (const sentence of kept) terminal.say(sentence);
  if (git !== undefined && git.top !== directory) terminal.say(`.github counts at the top of a repository only, which is ${git.top}: move it there, and give the action "directory: ${relative(git.top, directory)}"`);
  terminal.say(isDryRun ? 'nothing is written: --dry-run' : real.length === 0 ? 'nothing to do: all of it is there' : nextSteps(relative(terminal.directory, directory), imports.length > 0));
  return ExitCode.ok;
}

/** As Flux takes it, without a password that it may hold; undefined for a folder of this machine. */
function originOf(git: Git | undefined): string | undefined {
  const url = git === undefined ? undefined : new GitBranches(git.top).url('origin');
  const [, user, host, path] = /^(?:([\w.-]+)@)?([\w.-]+):(?!\/\/)\/?(.+)$/.exec(url ?? '') ?? [];
  if (host !== undefined) return `ssh://${user ?? 'git'}@${host}/${path!.replace(/\.git$/, '')}`;
  return /^(ssh|https):\/\//.test(url ?? '') ? url!.replace(/^https:\/\/[^/@]*@/, 'https://').replace(/\.git$/, '') : undefined;
}

function nextSteps(folder: string, hasImports: boolean): string {
  const lines = [folder === '' ? 'npm install' : `cd ${folder} && npm install`, ...(hasImports ? ['npx cdk8s import'] : []), 'npm run synth', 'npm run check && npm test'];
  return `next:\n${lines.map((line) => `  ${line}`).join('\n')}\nthen say in platform/site.ts what is yours`;
}
