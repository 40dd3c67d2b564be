import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Command } from '../../src/cli/command';
import { secretsEncrypt } from '../../src/cli/commands/secrets-encrypt';
import { secretsMerge } from '../../src/cli/commands/secrets-merge';
import { secretsRotate } from '../../src/cli/commands/secrets-rotate';
import { secretsSetup } from '../../src/cli/commands/secrets-setup';
import { secretsStatus } from '../../src/cli/commands/secrets-status';
import { ageKeyFile, newAgeIdentity } from '../../src/sops/age-identity';
import { folderWith } from '../folders';
import { describeWith } from '../tools';
import { call, type Called } from './call';

const [OLD, NEW] = [newAgeIdentity(), newAgeIdentity()];
const RULES = `creation_rules:\n  - encrypted_regex: ^(data|stringData)$\n    age: ${OLD.recipient} # the team\n`;
const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: database\nstringData:\n  password: hunter2\n';

describeWith('sops', 'secrets', (sops) => {
  let root: string;

  function repository(files: Readonly<Record<string, string>>): void {
    root = folderWith({ '.gitignore': 'old.agekey\nnew.agekey\n', 'old.agekey': ageKeyFile(OLD), 'new.agekey': ageKeyFile(NEW), ...files });
    git('init', '--quiet');
  }
  const git = (...parameters: string[]): string => execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b', ...parameters], { encoding: 'utf8' });
  const environment = (key = 'old.agekey', path = dirname(sops)) => ({ PATH: `${path}${delimiter}${process.env['PATH']!}`, SOPS_AGE_KEY_FILE: join(root, key) });
  const run = async (command: Command, ...parameters: string[]): Promise<Called> => call(command, parameters, root, environment());
  const decrypted = (path: string, key?: string): string => execFileSync(sops, ['decrypt', join(root, path)], { encoding: 'utf8', env: environment(key), stdio: 'pipe' });
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');

  test('a file is encrypted as its rule says, and its plain text is kept out of Git', async () => {
    repository({ '.sops.yaml': RULES, 'web/database.yaml': SECRET });

    expect(await run(secretsEncrypt, 'web/database.yaml')).toEqual({
      status: 0, stdout: 'changed .gitignore\ncreated web/database.enc.yaml\n', stderr: 'commit .gitignore and web/database.enc.yaml; web/database.yaml stays here alone\n',
    });
    expect(read('web/database.enc.yaml')).toMatch(/name: database\n[^]*password: ENC\[/);
    expect(decrypted('web/database.enc.yaml')).toContain('password: hunter2\n');
    expect(git('status', '--short', '--untracked-files=all')).toBe('?? .gitignore\n?? .sops.yaml\n?? web/database.enc.yaml\n');
    const before = read('web/database.enc.yaml');
    expect(await run(secretsEncrypt, 'web/database.yaml')).toEqual({ status: 0, stdout: '', stderr: 'web/database.enc.yaml holds that already\n' });
    expect(read('web/database.enc.yaml')).toBe(before);

    expect(await call(secretsEncrypt, ['web/database.yaml'], root, environment('none.agekey'))).toMatchObject({
      status: 0, stderr: 'web/database.enc.yaml is written anew: without the key nobody can see whether it holds that already\ncommit web/database.enc.yaml; web/database.yaml stays here alone\n',
    });
  });

  test('a file that is called encrypted becomes so, and so does any file with one value', async () => {
    repository({ '.sops.yaml': RULES, 'web/database.enc.yaml': SECRET, '.sops/URL.enc': 'postgres://x' });

    expect(await run(secretsEncrypt, 'web/database.enc.yaml')).toEqual({ status: 0, stdout: 'changed web/database.enc.yaml\n', stderr: 'commit web/database.enc.yaml\n' });
    expect(await run(secretsEncrypt, '.sops/URL.enc')).toMatchObject({ status: 0 });
    expect([decrypted('web/database.enc.yaml'), decrypted('.sops/URL.enc')]).toEqual([expect.stringContaining('hunter2'), 'postgres://x']);
    expect(await run(secretsEncrypt, 'web/database.enc.yaml')).toEqual({ status: 0, stdout: '', stderr: 'web/database.enc.yaml is encrypted\n' });
  });

  test('what is staged or committed in plain text is refused', async () => {
    repository({ '.sops.yaml': RULES, 'database.yaml': SECRET });
    git('add', 'database.yaml');

    expect(await run(secretsEncrypt, 'database.yaml')).toEqual({ status: 2, stdout: '', stderr: 'database.yaml is staged as it can be read by everybody\n  fix: git rm --cached database.yaml\n' });
    git('commit', '--quiet', '-m', 'oh');
    expect((await run(secretsEncrypt, 'database.yaml')).stderr).toBe('database.yaml is committed as it can be read by everybody\n  fix: change the secret where it is used, since history keeps it, then: git rm --cached database.yaml\n');
    expect(existsSync(join(root, 'database.enc.yaml'))).toBe(false);
  });

  test.each(['a[1].yaml', 'web/back\\slash *.yaml', '#a "ü".yaml'])('%s is kept out of Git under this name', async (name) => {
    repository({ '.sops.yaml': RULES, [name]: SECRET });

    expect(await run(secretsEncrypt, name)).toMatchObject({ status: 0 });

    expect(git('ls-files', '-z', '--others', '--exclude-standard').split('\0')).not.toContain(name);
  });

  test.each([
    ['the same file', '.gitignore', '/d/database.yaml\n!*.yaml\n'],
    ['a folder', 'd/.gitignore', '!database.yaml\n'],
  ])('where a rule of %s has Git see the plain text all the same, nothing is written', async (_, file, rules) => {
    repository({ '.sops.yaml': RULES, 'd/database.yaml': SECRET, [file]: rules });
    const before = git('status', '--short', '--untracked-files=all');

    expect(await run(secretsEncrypt, 'd/database.yaml')).toEqual({
      status: 2, stdout: '', stderr: 'd/database.yaml would be committed as it can be read by everybody: a rule with "!" takes it out of what .gitignore ignores\n  fix: take that rule out, or leave nothing readable: --in-place; nothing is written\n',
    });
    expect(git('status', '--short', '--untracked-files=all')).toBe(before);
    expect(read(file)).toBe(rules);
  });

  test('a link is refused, since what it leads to would stay readable', async () => {
    repository({ '.sops.yaml': RULES, 'web/database.yaml': SECRET });
    symlinkSync('web/database.yaml', join(root, 'link.enc.yaml'));

    expect(await run(secretsEncrypt, 'link.enc.yaml')).toEqual({ status: 2, stdout: '', stderr: 'link.enc.yaml leads to web/database.yaml through a symbolic link\n  fix: name the file itself, or a copy of it\n' });
    expect(lstatSync(join(root, 'link.enc.yaml')).isSymbolicLink()).toBe(true);
  });

  test('nothing is written through a link, which Git would ignore or which leads out of the repository', async () => {
    const outside = folderWith();
    repository({ '.sops.yaml': RULES, 'database.yaml': SECRET, 'ignored': '*.agekey\n' });
    symlinkSync(outside, join(root, 'elsewhere'));

    expect(await run(secretsEncrypt, 'database.yaml', '--output', 'elsewhere/database.enc.yaml')).toMatchObject({ status: 2, stderr: expect.stringContaining('elsewhere/database.enc.yaml would be written through the symbolic link elsewhere\n') });
    rmSync(join(root, '.gitignore'));
    symlinkSync('ignored', join(root, '.gitignore'));
    expect(await run(secretsEncrypt, 'database.yaml')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('.gitignore would be written through the symbolic link .gitignore\n') });

    expect([readdirSync(outside), existsSync(join(root, 'database.enc.yaml')), lstatSync(join(root, '.gitignore')).isSymbolicLink()]).toEqual([[], false, true]);
  });

  test.each([
    ['app.env', 'A=b\nPASSWORD hunter2\n', ''],
    ['app.yaml', 'stringData:\n  password: *hunter2\n', ''],
    ['app2.yaml', 'stringData:\n  a: b\n password: hunter2\n', ', line 2'],
  ])('what sops quotes of %s, which it cannot read, is in no message', async (name, text, line) => {
    repository({ '.sops.yaml': RULES, [name]: text });

    expect(await run(secretsEncrypt, name)).toEqual({
      status: 2, stdout: '', stderr: `sops cannot encrypt ${name.replace('.', '.enc.')}: it cannot read the file${line}\n  fix: mend it; or give it an ending other than .yaml, .json, .env and .ini, and it is encrypted as it is; nothing is written\n`,
    });
  });

  test('a folder in place of a file is told as such, and a file in place of a folder', async () => {
    repository({ 'web/database.yaml': SECRET, 'age.agekey/a': '' });

    expect((await run(secretsEncrypt, 'web')).stderr).toMatch(/^web cannot be read: EISDIR.*\n  fix: name a file with the secret\n$/);
    expect((await run(secretsMerge, 'web/database.yaml/stub.yaml')).stderr).toBe('there is no file web/database.yaml/stub.yaml\n  fix: name a file with a Secret that has no values yet\n');
    expect((await run(secretsSetup, 'age')).stderr).toMatch(/^age.agekey cannot be read: EISDIR.*\n  fix: move it away\n$/);
  });

  test('setup refuses a key that Git has', async () => {
    repository({ 'age.agekey': ageKeyFile(OLD) });
    git('add', 'age.agekey');

    expect((await run(secretsSetup, 'age')).stderr).toBe('age.agekey is in Git, so that everybody with the repository decrypts everything\n  fix: take it out, and make another: git rm --cached age.agekey, move it away, then run this again, and "fluxwright secrets rotate"\n');
    expect(existsSync(join(root, '.sops.yaml'))).toBe(false);
  });

  test.each([
    ['no rules', {}, 'no .sops.yaml says for whom database.enc.yaml is to be encrypted\n  fix: make one: fluxwright secrets setup age\n'],
    ['a rule for others alone', { '.sops.yaml': RULES.replace('encrypted_regex', 'path_regex: prod/\n    encrypted_regex') }, '.sops.yaml has no rule for database.enc.yaml\n  fix: add one, or make one for all files: fluxwright secrets setup age\n'],
    ['a rule that covers none of its keys', { '.sops.yaml': RULES.replace('data|stringData', 'hosts') }, 'database.enc.yaml holds no encrypted value: its rules cover none of its keys\n  fix: choose another encrypted_regex for it in .sops.yaml, or none to encrypt the whole file, and encrypt it again\n'],
    ["somebody's file in its place", { '.sops.yaml': RULES, 'database.enc.yaml': 'kind: Secret\nmetadata: {name: b}\nstringData: {a: b}\n' }, 'database.enc.yaml is there, and SOPS has not written it\n  fix: move it away, or say where to write: --output\n'],
  ])('with %s nothing is written', async (_, files, stderr) => {
    repository({ 'database.yaml': SECRET, ...files });
    const before = git('status', '--short', '--untracked-files=all');

    expect(await run(secretsEncrypt, 'database.yaml')).toEqual({ status: 2, stdout: '', stderr });
    expect(git('status', '--short', '--untracked-files=all')).toBe(before);
  });

  test('a machine without sops is told where to get it', async () => {
    repository({ '.sops.yaml': RULES, 'database.yaml': SECRET });

    const called = await call(secretsEncrypt, ['database.yaml'], root, { PATH: '/nonexistent' });

    expect(called).toEqual({ status: 2, stdout: '', stderr: 'there is no sops on the PATH, which encrypts and decrypts\n  fix: install it: "brew install sops", or https://github.com/getsops/sops/releases\n' });
  });

  test('files with one value each become one encrypted Secret', async () => {
    repository({ '.sops.yaml': RULES, 'hydra/.sops/DATABASE_URL.enc': 'postgres://x', 'hydra/.sops/SALT.enc': 'a\nb', 'hydra/stub.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: hydra}\ntype: Opaque\n' });
    for (const name of ['DATABASE_URL', 'SALT']) await run(secretsEncrypt, `hydra/.sops/${name}.enc`);

    expect(await run(secretsMerge, 'hydra/stub.yaml')).toEqual({ status: 0, stdout: 'created hydra/secret.enc.yaml\n', stderr: '2 values in hydra/secret.enc.yaml: list it under resources, and commit it\n' });
    expect(decrypted('hydra/secret.enc.yaml')).toBe('apiVersion: v1\nkind: Secret\nmetadata:\n    name: hydra\ntype: Opaque\nstringData:\n    DATABASE_URL: postgres://x\n    SALT: |-\n        a\n        b\n');
    expect(await run(secretsMerge, 'hydra/stub.yaml')).toEqual({ status: 0, stdout: '', stderr: 'hydra/secret.enc.yaml holds these values already\n' });
  });

  test.each([
    [['nowhere.yaml'], 'there is no file nowhere.yaml\n  fix: name a file with a Secret that has no values yet\n'],
    [['map.yaml'], 'map.yaml does not hold one Secret\n  fix: name a file with a Secret that has no values yet\n'],
    [['stub.yaml'], 'there is no folder .sops\n  fix: name the one with the encrypted values: --values\n'],
    [['stub.yaml', '--values', 'empty'], 'empty holds no file NAME.enc\n  fix: put one value into each, and encrypt it: fluxwright secrets encrypt\n'],
  ])('a merge of %j is refused', async (parameters, stderr) => {
    repository({ '.sops.yaml': RULES, 'stub.yaml': SECRET, 'map.yaml': 'kind: ConfigMap\n', 'empty/a': '' });

    expect(await run(secretsMerge, ...parameters)).toEqual({ status: 2, stdout: '', stderr });
  });

  describe('a tree', () => {
    beforeEach(async () => {
      repository({ '.sops.yaml': RULES, 'web/database.enc.yaml': SECRET, 'apps/relay.enc.env': 'TOKEN=x\n', 'apps/.sops.yaml': RULES.replace('    encrypted_regex: ^(data|stringData)$\n', '').replace('- encrypted_regex: ^(data|stringData)$\n    ', '- ') });
      for (const path of ['web/database.enc.yaml', 'apps/relay.enc.env']) await run(secretsEncrypt, path);
    });

    test('is listed by those who can read it, without a key', async () => {
      expect(await call(secretsStatus, [], root, { PATH: '' })).toEqual({ status: 0, stdout: `for ${OLD.recipient}\n  apps/relay.enc.env\n  web/database.enc.yaml\n`, stderr: '' });
      writeFileSync(join(root, '.sops.yaml'), RULES.replace(OLD.recipient, NEW.recipient));
      writeFileSync(join(root, 'web/database.yaml'), SECRET);

      const called = await run(secretsStatus);
      expect(called.status).toBe(1);
      expect(called.stdout).toContain('web/database.enc.yaml:');
      expect(called.stdout).toContain('web/database.yaml:');
      expect(called.stdout).not.toContain('hunter2');
    });

    test('gets another key, its rules, too', async () => {
      const key = ['--from', OLD.recipient, '--to', NEW.recipient];
      const list = ['apps/relay.enc.env', 'web/database.enc.yaml'].map((path) => `${path}\n  + ${NEW.recipient}\n  - ${OLD.recipient}\n`).join('');
      const before = read('web/database.enc.yaml');

      expect(await run(secretsRotate, ...key, '--dry-run')).toEqual({ status: 0, stdout: list, stderr: 'nothing is written: --dry-run\n' });
      expect(read('web/database.enc.yaml')).toBe(before);
      expect(await run(secretsRotate, ...key)).toEqual({
        status: 0, stdout: list,
        stderr: `before you push, each cluster that applies them has to be able to decrypt with ${NEW.recipient}: as an entry NAME.agekey of the Secret that decryption.secretRef names, beside the old one until Flux has applied the commit\n`
          + '2 files have a new data key; what was readable with the old one stays so in Git\'s history: change secrets that somebody may have read\n',
      });
      expect([decrypted('web/database.enc.yaml', 'new.agekey'), decrypted('apps/relay.enc.env', 'new.agekey')]).toEqual([expect.stringContaining('hunter2'), 'TOKEN=x\n']);
      expect(() => decrypted('web/database.enc.yaml', 'old.agekey')).toThrow();
      expect(read('.sops.yaml')).toBe(RULES.replace(OLD.recipient, NEW.recipient));
      expect(read('apps/.sops.yaml')).toContain(NEW.recipient);
      expect(await run(secretsRotate, ...key)).toEqual({ status: 0, stdout: '', stderr: `no file is encrypted for ${OLD.recipient}, and what is there is for ${NEW.recipient}: nothing to do\n` });
    });

    test('gets another key in one folder, and rules of other folders stay', async () => {
      mkdirSync(join(root, 'copy'));
      for (const [path, text] of [['copy/.sops.yaml', RULES], ['copy/database.enc.yaml', read('web/database.enc.yaml')]] as const) writeFileSync(join(root, path), text);

      expect(await run(secretsRotate, 'copy', '--from', OLD.recipient, '--to', NEW.recipient)).toMatchObject({ status: 0, stdout: `copy/database.enc.yaml\n  + ${NEW.recipient}\n  - ${OLD.recipient}\n` });
      expect([read('.sops.yaml'), read('copy/.sops.yaml')]).toEqual([RULES, RULES.replace(OLD.recipient, NEW.recipient)]);
      expect([decrypted('copy/database.enc.yaml', 'new.agekey'), decrypted('web/database.enc.yaml', 'old.agekey')]).toEqual([expect.stringContaining('hunter2'), expect.stringContaining('hunter2')]);
    });

    test('gets another key in one folder, and a rule that files elsewhere share stays and is told', async () => {
      mkdirSync(join(root, 'copy'));
      writeFileSync(join(root, 'copy/database.enc.yaml'), read('web/database.enc.yaml'));

      const { stderr } = await run(secretsRotate, 'copy', '--from', OLD.recipient, '--to', NEW.recipient);

      expect(stderr).toContain(`.sops.yaml stays, since web/database.enc.yaml is encrypted for ${OLD.recipient} as well: give copy a .sops.yaml or a path_regex of its own, with ${NEW.recipient}\n`);
      expect([read('.sops.yaml'), read('apps/.sops.yaml').includes(OLD.recipient)]).toEqual([RULES, true]);
    });

    test('asks for a key where none fits', async () => {
      const called = await call(secretsRotate, ['web'], root, environment('new.agekey'));

      expect(called.status).toBe(2);
      expect(called.stderr).toContain('\n  fix: give it a key that can decrypt: export SOPS_AGE_KEY_FILE=FILE, a key in gpg, or a login to the cloud that has it; nothing is written\n');
    });

    test('follows its rules, with a new data key', async () => {
      writeFileSync(join(root, '.sops.yaml'), RULES.replace(OLD.recipient, `${OLD.recipient},${NEW.recipient}`));

      expect(await run(secretsRotate, 'web')).toMatchObject({ status: 0, stdout: `web/database.enc.yaml\n  + ${NEW.recipient}\n` });
      expect(decrypted('web/database.enc.yaml', 'new.agekey')).toContain('hunter2');
    });

    test('stays as it is where sops fails for one file', async () => {
      const tool = folderWith({ sops: `#!/bin/sh\ncase "$*" in *database*) echo "the cloud said no" >&2; exit 1;; esac\nexec ${sops} "$@"\n` });
      chmodSync(join(tool, 'sops'), 0o755);
      const before = ['.sops.yaml', 'apps/relay.enc.env', 'web/database.enc.yaml'].map(read);

      const called = await call(secretsRotate, ['--from', OLD.recipient, '--to', NEW.recipient], root, environment('old.agekey', tool));

      expect(called).toMatchObject({ status: 2, stderr: 'sops cannot rotate web/database.enc.yaml: the cloud said no\n  fix: mend what it says; nothing is written\n' });
      expect(['.sops.yaml', 'apps/relay.enc.env', 'web/database.enc.yaml'].map(read)).toEqual(before);
    });

    test.each([
      [['--from', 'age1x'], 'there is a --from alone\n  fix: name both: --from OLD --to NEW; or none, which follows the rules of .sops.yaml\n'],
      [['--from', OLD.recipient, '--to', 'garbage', '--dry-run'], '--to garbage is no key\n  fix: write a recipient of age, a fingerprint of PGP, or the name that a cloud has for a key\n'],
      [['--from', `${OLD.recipient.slice(0, -1)}x`, '--to', NEW.recipient], `no file is encrypted for ${OLD.recipient.slice(0, -1)}x\n  fix: write ${OLD.recipient}\n`],
    ])('refuses %j', async (parameters, stderr) => {
      expect(await run(secretsRotate, ...parameters)).toEqual({ status: 2, stdout: '', stderr });
    });
  });
});

describe('setup', () => {
  const root = (files: Readonly<Record<string, string>> = {}): string => {
    const folder = folderWith(files);
    execFileSync('git', ['init', '--quiet', folder]);
    return folder;
  };

  test('makes a key of age for its owner alone, which Git ignores, and rules', async () => {
    const folder = root();

    const called = await call(secretsSetup, ['age'], folder);

    const key = /age1\w+/.exec(readFileSync(join(folder, 'age.agekey'), 'utf8'))![0];
    expect(called).toEqual({
      status: 0, stdout: 'created .gitignore\ncreated .sops.yaml\n',
      stderr: 'age.agekey decrypts everything: keep a copy where the team keeps its keys, and never commit it; for sops here: export SOPS_AGE_KEY_FILE="$PWD/age.agekey"\n'
        + 'in each cluster, once:\n  kubectl create secret generic sops-age --namespace=flux-system --from-file=age.agekey\nand Kustomizations that apply secrets decrypt: decryption: {provider: sops, secretRef: {name: sops-age}}; of a FluxKustomization: decryption: { secretRef: \'sops-age\' }\n',
    });
    expect(statSync(join(folder, 'age.agekey')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, '.sops.yaml'), 'utf8')).toBe(`creation_rules:\n  - encrypted_regex: ^(data|stringData)$\n    age: ${key}\n`);
    expect(await call(secretsSetup, ['age'], folder)).toMatchObject({ status: 0, stdout: '' });
  });

  test.each([
    ['pgp', 'A'.repeat(40), `  gpg --export-secret-keys --armor ${'A'.repeat(40)} | kubectl create secret generic sops-gpg --namespace=flux-system --from-file=sops.asc=/dev/stdin\n`],
    ['gcp-kms', 'projects/p/locations/global/keyRings/r/cryptoKeys/k', 'iam.gke.io/gcp-service-account='],
    ['aws-kms', 'arn:aws:kms:eu-west-1:123456789012:key/k', 'eks.amazonaws.com/role-arn='],
    ['azure-kv', 'https://v.vault.azure.net/keys/k/1', 'azure.workload.identity/client-id='],
  ])('names a key of %s, and what the cluster needs', async (kind, key, inCluster) => {
    const folder = root();

    const called = await call(secretsSetup, [kind, key], folder);

    expect(called.status).toBe(0);
    expect(called.stderr).toContain(inCluster);
    expect(readFileSync(join(folder, '.sops.yaml'), 'utf8')).toContain(`: ${key}\n`);
  });

  test('a dry run makes no key', async () => {
    const folder = root();

    const called = await call(secretsSetup, ['age', '--dry-run'], folder);

    expect(called.stdout).toContain('+creation_rules:');
    expect(['.sops.yaml', '.gitignore', 'age.agekey'].filter((path) => existsSync(join(folder, path)))).toEqual([]);
  });

  test.each([
    [['aeg'], 'aeg is no kind of key\n  fix: write age\n'],
    [['pgp'], 'no key of pgp is named\n  fix: name one: fluxwright secrets setup pgp a fingerprint of 40 digits: gpg --list-keys --keyid-format=none\n'],
    [['age', 'age1x'], 'age1x is no key of age\n  fix: name one: fluxwright secrets setup age age1…\n'],
  ])('%j is refused', async (parameters, stderr) => {
    expect(await call(secretsSetup, parameters, root())).toEqual({ status: 2, stdout: '', stderr });
  });

  test('rules that fluxwright wrote are changed in code', async () => {
    const folder = root({ '.sops.yaml': '# Generated by fluxwright (shop) as .sops.yaml. Change the constructs, not this file.\ncreation_rules: []\n' });

    expect((await call(secretsSetup, ['age', OLD.recipient], folder)).stderr).toContain(`.sops.yaml is generated: name ${OLD.recipient} in the SopsRules of shop, then run fluxwright synth\n`);
    expect(readFileSync(join(folder, '.sops.yaml'), 'utf8')).toContain('creation_rules: []\n');
  });
});
