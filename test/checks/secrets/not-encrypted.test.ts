import { findingsOf } from '../check-tree';

const rules = "creation_rules:\n  - path_regex: '\\.enc\\.yaml$'\n    encrypted_regex: ^(data|stringData)$\n    age: age1f7kekd035jsk3zhrz7fmpcydvdvm6wv8tkr4xy7jpskqkcaw6phqem2eed\n";
const secret = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: database\nstringData:\n  password: hunter2\n';

test('a file that .sops.yaml says is encrypted, and is not, is an error', async () => {
  expect(await findingsOf('not-encrypted', { '.sops.yaml': rules, 'shop/database.enc.yaml': secret })).toEqual([
    'shop/database.enc.yaml:6 error: .sops.yaml says that this file is encrypted (path_regex "\\\\.enc\\\\.yaml$"), and it is not\n'
    + '  fix: run: sops --encrypt --in-place shop/database.enc.yaml, and change the secret where it is used: it was readable',
  ]);
});

test('the nearest .sops.yaml counts, by the path from its own folder', async () => {
  const files = { '.sops.yaml': rules.replace('enc', 'none'), 'shop/.sops.yaml': rules.replace("'\\.enc", "'^database\\.enc"), 'shop/database.enc.yaml': secret };

  const [finding] = await findingsOf('not-encrypted', files);

  expect(finding).toMatch('shop/.sops.yaml says that this file is encrypted');
});

test('a rule that fits every file says how to encrypt, not that all is encrypted', async () => {
  const files = { '.sops.yaml': "creation_rules:\n  - path_regex: '.*\\.yaml$'\n    encrypted_regex: ^(data|stringData)$\n    age: age1x\n", 'a.yaml': secret, 'b.yaml': secret, 'c.yaml': secret, 'd.yaml': secret };

  expect(await findingsOf('not-encrypted', files)).toEqual([]);
});

test('a file without a value that the rule would encrypt is fine', async () => {
  expect(await findingsOf('not-encrypted', { '.sops.yaml': rules, 'shop/database.enc.yaml': 'kind: ConfigMap\nmetadata:\n  name: x\n' })).toEqual([]);
});
