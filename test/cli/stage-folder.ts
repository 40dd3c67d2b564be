import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Command } from '../../src/cli/command';
import { folderWith } from '../folders';
import type { Files } from '../stages/overlay-tree';
import { call, type Called } from './call';

/** A folder under Git, with everything committed. */
export function repositoryWith(files: Files): string {
  const folder = folderWith(files);
  git(folder, 'init', '--quiet');
  commit(folder);
  return folder;
}

export function git(folder: string, ...parameters: string[]): string {
  return execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...parameters], { cwd: folder, encoding: 'utf8' });
}

export function commit(folder: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'state');
}

export function read(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

export function status(folder: string): string {
  return git(folder, 'status', '--short', '--untracked-files=all');
}

/** Calls a command with a kustomize on the path. */
export async function callWith(kustomize: string, command: Command, folder: string, ...parameters: string[]): Promise<Called> {
  return call(command, parameters, folder, { ...process.env, PATH: [dirname(kustomize), process.env['PATH']].join(delimiter) });
}

/** Tests in which nobody finds a kustomize. */
export function withoutKustomize(): void {
  const before = process.env['XDG_CACHE_HOME'];
  beforeEach(() => (process.env['XDG_CACHE_HOME'] = folderWith()));
  afterEach(() => {
    if (before === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = before;
  });
}
