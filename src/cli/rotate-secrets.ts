import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { UserError } from '../errors';
import { nearestTo } from '../nearest';
import { keyType } from '../sops/check-encryption';
import { withOtherKey } from '../sops/edit-rules';
import { readSopsFile } from '../sops/encrypted-file';
import { nearestRule, rulesIn } from '../sops/nearest-rule';
import { recipientsIn, recipientsOf } from '../sops/recipients';
import { baseName } from '../tree/path';
import { readHeader } from '../tree/header';
import type { Tree } from '../tree/tree';
import { visible } from '../visible';
import { ExitCode, type Terminal } from './command';
import { changesOf, writeChanges, type FileChange } from './file-changes';
import { encryptedPaths } from './encrypted-paths';
import { openRepository } from './open-repository';
import { runSops } from './sops-program';
import { sopsRuleOf } from './sops-rule';

export interface RotateCall {
  readonly path?: string;
  readonly from?: string;
  readonly to?: string;
  readonly isDryRun: boolean;
}

/** What one file is re-encrypted for. */
interface Rekeying {
  readonly path: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Gives encrypted files another key, or a new data key for those whom their rules name: all files, or none. */
export function rotateSecrets(terminal: Terminal, { path, from, to, isDryRun }: RotateCall): ExitCode {
  if ((from === undefined) !== (to === undefined)) throw new UserError('usage', `there is a ${from === undefined ? '--to' : '--from'} alone`, 'name both: --from OLD --to NEW; or none, which follows the rules of .sops.yaml');
  // what sops takes for a key of PGP, since it looks like no other
  if (to !== undefined && keyType(to) === 'pgp' && !/^[0-9A-F]{16,64}$/i.test(to.replaceAll(' ', ''))) throw new UserError('usage', `--to ${visible(to)} is no key`, 'write a recipient of age, a fingerprint of PGP, or the name that a cloud has for a key');
  const { tree, root, folder } = openRepository(terminal, path);
  const paths = encryptedPaths(tree).filter((one) => isInside(folder, one));
  const files = from === undefined ? paths.map((one) => asRuled(tree, one)) : withKey(tree, paths, from, to!);
  if (paths.length === 0) throw new UserError('reference-invalid', 'there is no encrypted file here', 'name a folder with some');
  for (const { path: one, added, removed } of files) terminal.print([one, ...added.map((key) => `+ ${key}`), ...removed.map((key) => `- ${key}`)].join('\n  '));
  if (isDryRun) {
    terminal.say('nothing is written: --dry-run');
    return ExitCode.ok;
  }
  const rules = from === undefined ? [] : changedRules(terminal, tree, folder, from, to!);
  writeChanges(root, changesOf([...files.map((file) => rotated(terminal, tree, file)), ...rules]));
  if (files.length === 0) {
    terminal.say(`no file is encrypted for ${from!}, and what is there is for ${to!}: nothing to do${rules.length === 0 ? '' : ' but in .sops.yaml'}`);
    return ExitCode.ok;
  }
  sayBeforePush(terminal, [...new Set(files.flatMap(({ added }) => added))]);
  terminal.say(`${files.length} ${files.length === 1 ? 'file has' : 'files have'} a new data key; what was readable with the old one stays so in Git's history: change secrets that somebody may have read`);
  return ExitCode.ok;
}

/** Where a cluster keeps a key, by what sops calls its kind; others are rights of an identity. */
const KEPT_IN: Readonly<Record<string, string>> = {
  age: 'as an entry NAME.agekey of the Secret that decryption.secretRef names',
  pgp: 'as an entry NAME.asc of the Secret that decryption.secretRef names',
};

/** Flux fails where the files come before the key. */
function sayBeforePush(terminal: Terminal, added: readonly string[]): void {
  for (const key of added) terminal.say(`before you push, each cluster that applies them has to be able to decrypt with ${key}: ${KEPT_IN[keyType(key)] ?? 'as a right of its controller'}, beside the old one until Flux has applied the commit`);
}

function recipients(tree: Tree, path: string): string[] {
  return recipientsIn(readSopsFile(path, tree.get(path)!.bytes.toString('utf8')).metadata ?? {});
}

function asRuled(tree: Tree, path: string): Rekeying {
  const [now, wanted] = [recipients(tree, path), recipientsOf(sopsRuleOf(tree, path).rule)];
  return { path, added: wanted.filter((one) => !now.includes(one)), removed: now.filter((one) => !wanted.includes(one)) };
}

/** @throws UserError `reference-invalid` for a key that no file is encrypted for */
function withKey(tree: Tree, paths: readonly string[], from: string, to: string): Rekeying[] {
  const known = paths.map((path) => ({ path, keys: recipients(tree, path) }));
  const found = known.filter(({ keys }) => keys.includes(from));
  if (found.length === 0 && known.length > 0 && !known.some(({ keys }) => keys.includes(to))) {
    const keys = [...new Set(known.flatMap((one) => one.keys))].sort();
    throw new UserError('reference-invalid', `no file is encrypted for ${from}`, `write ${nearestTo(from, keys) ?? `one of ${keys.slice(0, 5).join(', ')}`}`);
  }
  return found.map(({ path, keys }) => ({ path, added: keys.includes(to) ? [] : [to], removed: [from] }));
}

/** On a copy of the file: what is in the tree changes only when all of it went well. */
function rotated(terminal: Terminal, tree: Tree, { path, added, removed }: Rekeying): FileChange {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-sops-'));
  try {
    const copy = join(folder, path);
    const before = tree.get(path)!.bytes;
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, before);
    const flags = [...added.flatMap((key) => [`--add-${keyType(key)}`, key]), ...removed.flatMap((key) => [`--rm-${keyType(key)}`, key])];
    runSops(terminal, ['rotate', '--in-place', ...flags, copy], { folder, what: `rotate ${path}` });
    return { path, before, after: readFileSync(copy) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The rules follow, so that the next file is encrypted for the new key; but for those of files that keep the old one. */
function changedRules(terminal: Terminal, tree: Tree, folder: string, from: string, to: string): FileChange[] {
  const encrypted = encryptedPaths(tree);
  const concerned = new Set(encrypted.filter((path) => isInside(folder, path)).map((path) => rulesFileOf(tree, path)));
  const kept = encrypted.filter((path) => !isInside(folder, path) && recipients(tree, path).includes(from));
  return [...tree].filter(({ path }) => baseName(path) === '.sops.yaml').flatMap((file): FileChange[] => {
    if (!isInside(folder, file.path) && !concerned.has(file.path)) return [];
    const text = file.bytes.toString('utf8');
    const changed = withOtherKey(text, from, to);
    if (changed === text) return [];
    const other = kept.find((path) => rulesFileOf(tree, path) === file.path);
    if (other !== undefined) {
      terminal.say(`${file.path} stays, since ${other} is encrypted for ${from} as well: give ${folder} a .sops.yaml or a path_regex of its own, with ${to}`);
      return [];
    }
    const project = readHeader(text)?.project;
    if (project === undefined) return [{ path: file.path, before: file.bytes, after: Buffer.from(changed) }];
    terminal.say(`${file.path} is generated: say ${to} in the SopsRules of ${project} in place of ${from}, then run fluxwright synth`);
    return [];
  });
}

function rulesFileOf(tree: Tree, path: string): string | undefined {
  return nearestRule(path, rulesIn(tree))?.file;
}

function isInside(folder: string, path: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
