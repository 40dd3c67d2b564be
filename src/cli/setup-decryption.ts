import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../errors';
import { nearestTo } from '../nearest';
import { ageKeyFile, newAgeIdentity, readAgeIdentity, type AgeIdentity } from '../sops/age-identity';
import { withRecipient } from '../sops/edit-rules';
import { KIND_WORDS, SOPS_KINDS, type SopsKind } from '../sops/kinds';
import { readHeader } from '../tree/header';
import { ExitCode, type Terminal } from './command';
import { changesOf, diffOf, writeChanges, type FileChange } from './file-changes';
import { withIgnored } from './ignore-lines';
import { encryptedPaths } from './encrypted-paths';
import { openRepository } from './open-repository';

export interface SetupCall {
  readonly kind: string;
  readonly key?: string;
  readonly namespace: string;
  readonly isDryRun: boolean;
}

const KEY_FILE = 'age.agekey';

/** Has SOPS encrypt for a key, and says what the cluster needs to decrypt. */
export function setUpDecryption(terminal: Terminal, { kind: typed, key: given, namespace, isDryRun }: SetupCall): ExitCode {
  const kind = kindNamed(typed);
  const { tree, root, git } = openRepository(terminal);
  const read = (path: string): Buffer | undefined => contentOf(root, path);
  if (given === undefined && kind === 'age' && git?.index().has(KEY_FILE) === true) throw new UserError('secret-in-plaintext', `${KEY_FILE} is in Git, so that everybody with the repository decrypts everything`, `take it out, and make another: git rm --cached ${KEY_FILE}, move it away, then run this again, and "fluxwright secrets rotate"`);
  const own = given === undefined && kind === 'age' ? ageIdentity(read(KEY_FILE)) : undefined;
  const key = given ?? own?.recipient;
  const words = KIND_WORDS[kind];
  if (key === undefined || !words.isKey(key)) throw new UserError('value-invalid', key === undefined ? `no key of ${kind} is named` : `${key} is no key of ${kind}`, `name one: fluxwright secrets setup ${kind} ${words.example}`);

  const rules = read('.sops.yaml');
  const project = readHeader(rules?.toString('utf8') ?? '')?.project;
  const changes: FileChange[] = [];
  if (own !== undefined) changes.push(ignoring('*.agekey', read('.gitignore')));
  if (project === undefined) changes.push({ path: '.sops.yaml', before: rules, after: Buffer.from(withRecipient(rules?.toString('utf8'), kind, key)) });
  const real = changesOf(changes);
  if (isDryRun) terminal.print(diffOf(real));
  else {
    withKeyFile(join(root, KEY_FILE), own, () => writeChanges(root, real));
    for (const { path, before } of real) terminal.print(`${before === undefined ? 'created' : 'changed'} ${path}`);
  }
  if (project !== undefined) terminal.say(`.sops.yaml is generated: name ${key} in the SopsRules of ${project}, then run fluxwright synth`);
  if (own !== undefined) terminal.say(`${KEY_FILE} decrypts everything: keep a copy where the team keeps its keys, and never commit it; for sops here: export SOPS_AGE_KEY_FILE="$PWD/${KEY_FILE}"`);
  if (encryptedPaths(tree).length > 0) terminal.say('files that are encrypted already get the key with: fluxwright secrets rotate');
  terminal.say(`in each cluster, once:\n${words.inCluster(key, namespace).map((line) => `  ${line}`).join('\n')}\nand Kustomizations that apply secrets decrypt: ${decryption(words.secret)}`);
  if (isDryRun) terminal.say('nothing is written: --dry-run');
  return ExitCode.ok;
}

/** As it stands in the tree, and in code. */
function decryption(secret: string | undefined): string {
  if (secret === undefined) return 'decryption: {provider: sops}; of a FluxKustomization: decryption: {}';
  return `decryption: {provider: sops, secretRef: {name: ${secret}}}; of a FluxKustomization: decryption: { secretRef: '${secret}' }`;
}

/** @throws UserError `file-unreadable` */
function contentOf(root: string, path: string): Buffer | undefined {
  try {
    return existsSync(join(root, path)) ? readFileSync(join(root, path)) : undefined;
  } catch (error) {
    throw new UserError('file-unreadable', `${path} cannot be read: ${(error as Error).message}`, 'move it away');
  }
}

/** The key in the key file here, or a new one. */
function ageIdentity(file: Buffer | undefined): AgeIdentity {
  const identity = file === undefined ? newAgeIdentity() : readAgeIdentity(file.toString('utf8'));
  if (identity === undefined) throw new UserError('file-malformed', `${KEY_FILE} holds no key of age`, 'move it away, or name the public key: fluxwright secrets setup age age1…');
  return identity;
}

/** Nothing is encrypted for a key that is kept nowhere: it is there first, for its owner alone. */
function withKeyFile(path: string, identity: AgeIdentity | undefined, write: () => void): void {
  const isNew = identity !== undefined && !existsSync(path);
  if (isNew) writeKeyFile(path, identity);
  try {
    write();
  } catch (error) {
    if (isNew) rmSync(path);
    throw error;
  }
}

/** @throws UserError `write-failed` */
function writeKeyFile(path: string, identity: AgeIdentity): void {
  try {
    writeFileSync(path, ageKeyFile(identity), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw new UserError('write-failed', `${KEY_FILE} cannot be written: ${(error as Error).message}`, 'make room or give the right to write there, then run it again');
  }
}

function ignoring(line: string, before: Buffer | undefined): FileChange {
  return { path: '.gitignore', before, after: Buffer.from(withIgnored(before?.toString('utf8') ?? '', [line])) };
}

function kindNamed(text: string): SopsKind {
  const kind = SOPS_KINDS.find((one) => one === text);
  if (kind !== undefined) return kind;
  throw new UserError('usage', `${text} is no kind of key`, `write ${nearestTo(text, SOPS_KINDS) ?? `one of ${SOPS_KINDS.join(', ')}`}`);
}
