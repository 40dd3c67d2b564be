import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { programPath } from '../../harness/programs';
import type { Scope } from '../../harness/scope';
import type { SopsRecipients } from 'fluxwright';

/** A key pair that was made for this run. */
export interface Key {
  readonly recipients: SopsRecipients;
  /** What lets sops, or gpg, decrypt with it. */
  readonly environment: Readonly<Record<string, string>>;
}

export function ageKey(folder: string, name: string): Key {
  const file = join(folder, `${name}.agekey`);
  execFileSync(programPath('age-keygen'), ['-o', file], { stdio: 'ignore' });
  const recipient = execFileSync(programPath('age-keygen'), ['-y', file], { encoding: 'utf8' }).trim();
  return { recipients: { age: [recipient] }, environment: { SOPS_AGE_KEY_FILE: file } };
}

/** Keys of GnuPG in a home of their own, whose agent ends with the scope; undefined without gpg. */
export function pgpKeys(scope: Scope, folder: string, names: readonly string[]): Key[] | undefined {
  const home = join(folder, 'gnupg');
  const gpg = (...parameters: string[]): string => execFileSync('gpg', ['--batch', '--homedir', home, ...parameters], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  if (gpgVersion() === undefined) return undefined;
  mkdirSync(home, { mode: 0o700 });
  scope.defer(() => void spawnSync('gpgconf', ['--homedir', home, '--kill', 'all']));
  return names.map((name) => {
    gpg('--passphrase', '', '--quick-generate-key', `${name} <${name}@localhost>`, 'future-default', 'default', 'never');
    const fingerprint = /^fpr:+([0-9A-F]+):/m.exec(gpg('--with-colons', '--list-keys', `${name}@localhost`))![1]!;
    return { recipients: { pgp: [fingerprint] }, environment: { GNUPGHOME: home } };
  });
}

export function gpgVersion(): string | undefined {
  const { status, stdout } = spawnSync('gpg', ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.split('\n')[0]!.replace(/[()]/g, '') : undefined;
}
