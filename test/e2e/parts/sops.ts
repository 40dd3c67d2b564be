import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SopsRecipients } from 'fluxwright';
import { UserError } from '../../../src/errors';
import { publish } from '../../../src/publish/publish';
import { temporaryFolder, writeFiles } from '../harness/folder';
import { programPath, versionOf } from '../harness/programs';
import type { Row } from '../harness/report';
import type { Part } from '../part';
import { ageKey, gpgVersion, pgpKeys, type Key } from './sops/keys';
import { PLAIN_FILES, vaultTree } from './sops/vault';

const CLAIMS = {
  commands: 'the command that synth prints for a file in plain text encrypts it, so that synth goes on',
  bytes: 'after each encrypt, edit and rotate, synth leaves the bytes that sops wrote',
  values: 'the values are those that were encrypted or edited, for whoever has a key',
  rotate: 'the command that synth prints for other recipients makes it readable for them, and for nobody else',
  rules: 'the .sops.yaml that synth writes makes sops encrypt a new file as synth wants it',
  plaintext: 'a value that somebody adds in plain text is refused by synth, and the file by sops',
} as const;

type Rows = Readonly<Record<keyof typeof CLAIMS, Row>>;

export const sops: Part = {
  summary: 'the real sops encrypts, edits and rotates files of each format, with age and PGP keys, and synth takes them as they are',
  programs: ['sops', 'age-keygen'],

  async run({ report, scope }) {
    const keys = temporaryFolder(scope);
    const rowsFor = (against: string): Rows => Object.fromEntries(Object.entries(CLAIMS).map(([key, claim]) => [key, report.row('sops', claim, against)])) as Rows;
    const age = [ageKey(keys, 'first'), ageKey(keys, 'second')] as const;
    const pgp = pgpKeys(scope, keys, ['first', 'second']);

    const withAge = rowsFor(`${versionOf('sops')}, age keys`);
    await scope.within(async (inner) => runLife(new Vault(temporaryFolder(inner), withAge), age[0], age[1]));
    if (pgp === undefined) return report.row('sops', 'the same with PGP keys', versionOf('sops')).skip('gpg is not installed: https://gnupg.org, or your system\'s package "gnupg"');
    const withPgp = rowsFor(`${versionOf('sops')}, PGP keys, ${gpgVersion()!}`);
    await scope.within(async (inner) => runLife(new Vault(temporaryFolder(inner), withPgp), pgp[0]!, pgp[1]!));
    const withBoth = rowsFor(`${versionOf('sops')}, from age to both`);
    const both: Key = { recipients: { ...age[1].recipients, ...pgp[0]!.recipients }, environment: pgp[0]!.environment };
    await scope.within(async (inner) => runLife(new Vault(temporaryFolder(inner), withBoth), age[0], both));
  },
};

/** A tree with encrypted files, from the first plain text to another key. */
function runLife(vault: Vault, key: Key, next: Key): void {
  const paths = Object.keys(PLAIN_FILES);
  writeFiles(vault.root, Object.fromEntries(paths.map((path) => [path, PLAIN_FILES[path]!.text])));
  vault.obey(key, paths, vault.rows.commands);
  for (const path of paths) {
    vault.rows.values.equal(vault.decrypt(path, key), PLAIN_FILES[path]!.value);

    vault.sops(['edit', path], { ...key.environment, EDITOR: vault.editor(PLAIN_FILES[path]!.value, 'changed') });
    vault.expectKept(path, key.recipients);
    vault.rows.values.equal(vault.decrypt(path, key, 'changed'), 'changed');
    vault.sops(['rotate', '--in-place', path], key.environment);
    vault.expectKept(path, key.recipients);
    vault.rows.values.equal(vault.decrypt(path, key, 'changed'), 'changed');
  }

  vault.obey({ ...next, environment: { ...next.environment, ...key.environment } }, paths, vault.rows.rotate);
  for (const path of paths) {
    vault.expectKept(path, next.recipients);
    vault.rows.rotate.equal([vault.decrypt(path, next, 'changed'), vault.decrypt(path, key, 'changed')], ['changed', isAmong(key, next) ? 'changed' : undefined], () => path);

    writeFiles(vault.root, { [path]: PLAIN_FILES[path]!.text });
    vault.sops(['encrypt', '--in-place', path], next.environment);
    vault.expectKept(path, next.recipients, vault.rows.rules);
    vault.expectRefused(path, next);
  }
}

/** GnuPG has all of its keys in one home, so that the former one is at hand as well. */
function isAmong(key: Key, next: Key): boolean {
  return 'GNUPGHOME' in key.environment && 'GNUPGHOME' in next.environment;
}

class Vault {
  constructor(readonly root: string, readonly rows: Rows) {}

  sops(parameters: readonly string[], environment: Readonly<Record<string, string>>): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
    return spawnSync(programPath('sops'), parameters, { cwd: this.root, encoding: 'utf8', env: this.environment(environment) });
  }

  /** Synthesizes; where synth refuses, does what it says, to each file that it names, and synthesizes again. */
  obey({ recipients, environment }: Key, paths: readonly string[], row: Row): void {
    const refusal = this.refusal(recipients);
    const commands = [...refusal.matchAll(/fix: run: (sops .*)/g)].map((match) => match[1]!);
    row.equal(commands.map((command) => command.split(' ').at(-1)).sort(), [...paths].sort(), () => refusal);
    for (const command of commands) execFileSync('sh', ['-c', command], { cwd: this.root, env: this.environment(environment), stdio: 'pipe' });
    row.equal(this.refusal(recipients), '');
  }

  expectKept(path: string, recipients: SopsRecipients, row = this.rows.bytes): void {
    const written = readFileSync(join(this.root, path));
    const refusal = this.refusal(recipients);
    row.check(refusal === '' && written.includes('ENC[') && readFileSync(join(this.root, path)).equals(written), () => `${path}: ${refusal || written.toString()}`);
  }

  /** What the looked-for value is, decrypted; undefined where the key does not fit. */
  decrypt(path: string, { environment }: Key, value = PLAIN_FILES[path]!.value): string | undefined {
    const { status, stdout } = this.sops(['decrypt', path], environment);
    return status === 0 ? (stdout.includes(value) ? value : stdout) : undefined;
  }

  expectRefused(path: string, { recipients, environment }: Key): void {
    const before = readFileSync(join(this.root, path), 'utf8');
    const after = before.replace(/((?:password|data)"?\s*[:=]\s*"?)ENC\[[^\]]*\]/i, '$1plain');
    writeFileSync(join(this.root, path), after);
    const refusal = this.refusal(recipients);
    this.rows.plaintext.check(/in plaintext|is not encrypted/.test(refusal) && this.sops(['decrypt', path], environment).status !== 0, () => `${path}: ${refusal}\n${after}`);
    writeFileSync(join(this.root, path), before);
  }

  editor(from: string, to: string): string {
    const file = join(this.root, 'editor.sh');
    writeFileSync(file, `#!/bin/sh\nsed -i.bak 's/${from}/${to}/' "$1"\n`);
    chmodSync(file, 0o755);
    return file;
  }

  private refusal(recipients: SopsRecipients): string {
    try {
      publish(vaultTree(this.root, recipients), { root: this.root, project: 'vault', directory: 'k8s' });
      return '';
    } catch (error) {
      if (UserError.is(error)) return error.message;
      throw error;
    }
  }

  private environment(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
    const { SOPS_AGE_KEY_FILE: _, SOPS_AGE_RECIPIENTS: __, SOPS_PGP_FP: ___, ...rest } = process.env;
    return { ...rest, HOME: this.root, XDG_CONFIG_HOME: this.root, GNUPGHOME: join(this.root, 'no-keys'), PATH: `${dirname(programPath('sops'))}:${process.env['PATH']}`, ...more };
  }
}
