import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster, EncryptedFile, FluxKustomization, GitopsApp, NamespaceDirectory, SopsRules, type EncryptedFileProps } from 'fluxwright';
import { folderWith } from '../../folders';
import { textOf } from '../../trees';

const recipient = 'age12afvp3a9f5fm3cx5jaj3maxm0u4n3m338f34qcaj56w92r4ghcvqe2v9gu';
const encrypted = readFileSync(join(__dirname, '..', '..', 'fixtures', 'sops', 'secret.enc.yaml'));
const plaintext = 'apiVersion: v1\nkind: Secret\nstringData:\n  password: correct horse\n';

test('lists a file that SOPS wrote in its place, and leaves it to SOPS', () => {
  const { app } = database({ 'k8s/database/password.enc.yaml': encrypted });

  expect([...app.toTree().paths()]).toEqual(['.sops.yaml', 'k8s/database/kustomization.yaml', 'k8s/database/sync.yaml']);
  expect(textOf(app, 'k8s/database/kustomization.yaml')).toContain('resources:\n  - password.enc.yaml\n');
});

test('copies a file from elsewhere byte for byte', () => {
  const { app } = database({ 'secrets/password.yaml': encrypted }, { source: 'secrets/password.yaml' });

  expect(app.toTree().get('k8s/database/password.enc.yaml')?.bytes).toEqual(encrypted);
});

test('does not list a file that a generator reads', () => {
  const relay = readFileSync(join(__dirname, '..', '..', 'fixtures', 'sops', 'relay.enc.env'));

  const { app } = database({ 'k8s/database/relay.enc.env': relay }, { path: 'relay.enc.env' });

  expect(textOf(app, 'k8s/database/kustomization.yaml')).not.toContain('relay');
});

test('refuses a file that is not encrypted, in its place or elsewhere', () => {
  const { app: inPlace } = database({ 'k8s/database/password.enc.yaml': plaintext });
  const { app: elsewhere } = database({ 'secrets/password.yaml': plaintext }, { source: 'secrets/password.yaml' });

  expect(() => inPlace.toTree()).toThrowErrorMatchingInlineSnapshot(`
"k8s/database/password.enc.yaml:1 is not encrypted: SOPS has not written this file
  fix: run: sops --encrypt --age 'age12afvp3a9f5fm3cx5jaj3maxm0u4n3m338f34qcaj56w92r4ghcvqe2v9gu' --encrypted-regex '^(data|stringData)$' --in-place k8s/database/password.enc.yaml"
`);
  expect(() => elsewhere.toTree()).toThrow('secrets/password.yaml:1 is not encrypted');
});

test('says how to create a file that is not there', () => {
  const { app } = database({});

  expect(() => app.toTree()).toThrowErrorMatchingInlineSnapshot(`
"EncryptedFile "production/database/password.enc" has no file k8s/database/password.enc.yaml
  fix: create it with: sops --age 'age12afvp3a9f5fm3cx5jaj3maxm0u4n3m338f34qcaj56w92r4ghcvqe2v9gu' --encrypted-regex '^(data|stringData)$' k8s/database/password.enc.yaml"
`);
});

test('goes by the rule that SOPS itself would use: the first that matches, of the nearest .sops.yaml', () => {
  const root = folderWith({ 'k8s/database/password.enc.yaml': encrypted });
  const app = new GitopsApp({ name: 'shop', root });
  const directory = new NamespaceDirectory(app, 'database');
  new SopsRules(app, 'sops', { rules: [{ age: ['age198lejm5hnmnh355msh3u0dv5jmg7z9v9a08x3p2l688yqtdregpqnn6cjf'] }] });
  new EncryptedFile(directory, 'password.enc');

  expect(() => app.toTree()).toThrow('k8s/database/password.enc.yaml is not encrypted for age198');
  new SopsRules(directory, 'sops', { rules: [{ pathRegex: '^password', age: [recipient] }, { age: ['age198lejm5hnmnh355msh3u0dv5jmg7z9v9a08x3p2l688yqtdregpqnn6cjf'] }] });
  expect(() => app.toTree()).not.toThrow();
});

test('refuses a FluxKustomization that would apply it without decrypting it', () => {
  const { app } = database({ 'k8s/database/password.enc.yaml': encrypted }, {}, null);

  expect(() => app.toTree()).toThrowErrorMatchingInlineSnapshot(`
"FluxKustomization "production/database/database" applies k8s/database/password.enc.yaml, which is encrypted, and does not decrypt it
  fix: give it decryption: { provider: 'sops' }, with a secretRef unless the controller has the key"
`);
});

test('refuses a path out of the root, through ".." or a symbolic link', () => {
  const secrets = folderWith({ 'password.yaml': encrypted });
  const root = folderWith({ 'cdk8s.yaml': '' });
  symlinkSync(secrets, join(root, 'secrets'));
  const app = new GitopsApp({ name: 'shop', root });
  const directory = new NamespaceDirectory(app, 'database');

  new EncryptedFile(directory, 'upwards.enc', { source: '../password.yaml' });
  new EncryptedFile(directory, 'linked.enc', { source: 'secrets/password.yaml' });

  expect(() => app.toTree()).toThrow(`EncryptedFile "database/upwards.enc": "../password.yaml" leads out of the tree's root
  fix: name a path below the root, without ".."
EncryptedFile "database/linked.enc": "secrets/password.yaml" leads out of ${root} through a symbolic link
  fix: name a file that lies below the root itself`);
});

function database(files: Readonly<Record<string, string | Uint8Array>>, props: EncryptedFileProps = {}, provider: 'sops' | null = 'sops') {
  const app = new GitopsApp({ name: 'shop', root: folderWith(files) });
  const cluster = new Cluster(app, 'production');
  const directory = new NamespaceDirectory(cluster, 'database');
  new SopsRules(app, 'sops', { rules: [{ pathRegex: '\\.env$', age: [recipient], encryptedRegex: null }, { age: [recipient] }] });
  new EncryptedFile(directory, 'password.enc', props);
  new FluxKustomization(directory, 'database', {
    applies: directory,
    source: { kind: 'GitRepository', name: 'shop', namespace: 'flux-system' },
    decryption: provider === null ? undefined : { provider },
  });
  return { app };
}
