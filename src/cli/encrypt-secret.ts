import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { UserError } from '../errors';
import { fromRoot } from '../publish/typed-paths';
import { checkEncryption } from '../sops/check-encryption';
import { Git } from '../tree/git';
import type { Tree } from '../tree/tree';
import { ExitCode, type Terminal } from './command';
import { changesOf, writeChanges, type FileChange } from './file-changes';
import { withIgnored } from './ignore-lines';
import { openRepository } from './open-repository';
import { decrypt, encryptFor, sopsRuleOf } from './sops-rule';

export interface EncryptCall {
  readonly file: string;
  readonly output?: string;
  readonly isInPlace: boolean;
}

/** Encrypts a file as its rule says, and keeps what was readable out of Git. */
export function encryptSecret(terminal: Terminal, { file, output, isInPlace }: EncryptCall): ExitCode {
  const { tree, root } = openRepository(terminal);
  const isThere = (path: string): boolean => existsSync(join(root, path));
  const path = fromRoot(file, 'FILE', { root, from: terminal.directory }, isThere);
  if (!isThere(path)) throw new UserError('file-unreadable', `there is no file ${path}`, 'name the file with the secret');
  refuseLink(root, path);
  const plaintext = contentOf(root, path);
  if (isEncrypted(path, plaintext.toString('utf8'))) {
    terminal.say(`${path} is encrypted`);
    return ExitCode.ok;
  }
  refuseKnown(root, path);
  const target = output === undefined ? targetOf(path, isInPlace) : fromRoot(output, '--output', { root, from: terminal.directory }, isThere);
  const changes = encryptedChange(terminal, { root, tree, target, plaintext });
  if (target !== path) changes.push(...ignored(root, tree, path));
  const real = changesOf(changes);
  writeChanges(root, real);
  if (target !== path) refuseSeen(root, path, real);
  for (const change of real) terminal.print(`${change.before === undefined ? 'created' : 'changed'} ${change.path}`);
  terminal.say(real.length === 0 ? `${target} holds that already` : `commit ${real.map((change) => change.path).join(' and ')}${target === path ? '' : `; ${path} stays here alone`}`);
  return ExitCode.ok;
}

export interface Plaintext {
  readonly root: string;
  readonly tree: Tree;
  /** Where it is to stand encrypted. */
  readonly target: string;
  readonly plaintext: Buffer;
}

/**
 * What becomes of a file that is to hold a secret; nothing where it holds it already.
 * @throws UserError `foreign-file` where something else stands there, `not-encrypted`
 */
export function encryptedChange(terminal: Terminal, { root, tree, target, plaintext }: Plaintext): FileChange[] {
  const rule = sopsRuleOf(tree, target);
  const before = existsSync(join(root, target)) ? readFileSync(join(root, target)) : undefined;
  if (before !== undefined && !before.equals(plaintext)) {
    if (!isEncrypted(target, before.toString('utf8'))) throw new UserError('foreign-file', `${target} is there, and SOPS has not written it`, 'move it away, or say where to write: --output');
    if (holds(terminal, root, target, plaintext)) return [];
  }
  const after = encryptFor(terminal, root, target, rule, plaintext);
  const problems = checkEncryption(target, after.toString('utf8'), rule.rule);
  if (problems.length > 0) throw UserError.all(problems);
  return [{ path: target, before, after }];
}

/** Whether the encrypted file has this in it; without the key nobody knows, and it is written anew. */
function holds(terminal: Terminal, root: string, target: string, plaintext: Buffer): boolean {
  try {
    const [now, wanted] = [decrypt(terminal, root, target), plaintext].map((bytes) => canonical(target, bytes.toString('utf8')));
    return now === wanted;
  } catch (error) {
    if (!UserError.is(error) || error.code !== 'not-encrypted') throw error;
    terminal.say(`${target} is written anew: without the key nobody can see whether it holds that already`);
    return false;
  }
}

/** SOPS gives YAML back with an indentation of its own. */
function canonical(path: string, text: string): string {
  if (!/\.ya?ml$/.test(path)) return text;
  const { parseAllDocuments } = require('yaml') as typeof import('yaml');
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  return Array.isArray(documents) ? JSON.stringify(documents.map((document) => document.toJS() as unknown)) : text;
}

function isEncrypted(path: string, text: string): boolean {
  try {
    return checkEncryption(path, text).length === 0;
  } catch (error) {
    if (UserError.is(error)) return false;
    throw error;
  }
}

/** @throws UserError `secret-in-plaintext` where Git has the file already */
function refuseKnown(root: string, path: string): void {
  const git = Git.around(root);
  if (git === undefined || !git.isInstalled || git.index().get(path) === undefined) return;
  const isCommitted = git.commit('HEAD')?.get(path) !== undefined;
  throw new UserError(
    'secret-in-plaintext',
    `${path} is ${isCommitted ? 'committed' : 'staged'} as it can be read by everybody`,
    isCommitted ? `change the secret where it is used, since history keeps it, then: git rm --cached ${path}` : `git rm --cached ${path}`,
  );
}

/** A link is nothing to Git, and what it leads to would stay readable there. */
function refuseLink(root: string, path: string): void {
  const real = relative(realpathSync(root), realpathSync(join(root, path))).split(sep).join('/');
  if (real !== path) throw new UserError('path-through-symlink', `${path} leads to ${real.startsWith('../') ? realpathSync(join(root, path)) : real} through a symbolic link`, 'name the file itself, or a copy of it');
}

/** @throws UserError `file-unreadable` */
function contentOf(root: string, path: string): Buffer {
  try {
    return readFileSync(join(root, path));
  } catch (error) {
    throw new UserError('file-unreadable', `${path} cannot be read: ${(error as Error).message}`, 'name a file with the secret');
  }
}

/** Takes everything back where another rule, as `!*.yaml`, has Git see what is readable all the same. */
function refuseSeen(root: string, path: string, done: readonly FileChange[]): void {
  if (Git.around(root)?.files(`:(literal)${path}`).includes(path) !== true) return;
  writeChanges(root, done.map(({ path: one, before, after }) => ({ path: one, before: after, after: before })));
  throw new UserError('secret-in-plaintext', `${path} would be committed as it can be read by everybody: a rule with "!" takes it out of what .gitignore ignores`, 'take that rule out, or leave nothing readable: --in-place; nothing is written');
}

/** `database.yaml` becomes `database.enc.yaml`; what is called so already is encrypted where it stands. */
function targetOf(path: string, isInPlace: boolean): string {
  if (isInPlace || /[.-](enc|sops|encrypted)(\.[^./]+)?$/.test(path)) return path;
  const [, stem = path, ending = ''] = /^(.*[^/])(\.[^./]+)$/.exec(path) ?? [];
  return `${stem}.enc${ending}`;
}

function ignored(root: string, tree: Tree, path: string): FileChange[] {
  if (Git.around(root) === undefined || !tree.has(path)) return []; // what Git ignores is not in the tree
  const before = existsSync(join(root, '.gitignore')) ? readFileSync(join(root, '.gitignore')) : undefined;
  return [{ path: '.gitignore', before, after: Buffer.from(withIgnored(before?.toString('utf8') ?? '', [`/${asPattern(path)}`])) }];
}

/** A path as .gitignore has it, where some characters stand for others. */
function asPattern(path: string): string {
  return path.replace(/[\\*?[\]]/g, '\\$&').replace(/ +$/, (spaces) => '\\ '.repeat(spaces.length));
}
