import { withOtherKey, withRecipient } from '../../src/sops/edit-rules';

describe('a recipient', () => {
  test('begins a file', () => {
    expect(withRecipient(undefined, 'age', 'age1a')).toBe('creation_rules:\n  - encrypted_regex: ^(data|stringData)$\n    age: age1a\n');
  });

  test('becomes the first rule of a file without rules, and comments stay', () => {
    expect(withRecipient('# who can decrypt what\ncreation_rules: []\n', 'pgp', 'ABC')).toBe('# who can decrypt what\ncreation_rules:\n  - encrypted_regex: ^(data|stringData)$\n    pgp: ABC\n');
  });

  test('joins those of the rule for all files', () => {
    expect(withRecipient('creation_rules:\n  - path_regex: prod\n    age: age1p\n  - age: age1a # ours\n', 'age', 'age1b')).toBe('creation_rules:\n  - path_regex: prod\n    age: age1p\n  - age: age1a,age1b # ours\n');
  });

  test('gets a rule of its own behind those for some files', () => {
    expect(withRecipient('creation_rules:\n  - path_regex: prod\n    age: age1p\n', 'aws-kms', 'arn:x')).toBe('creation_rules:\n  - path_regex: prod\n    age: age1p\n  - encrypted_regex: ^(data|stringData)$\n    kms: arn:x\n');
  });

  test('that is there already changes no byte', () => {
    const text = 'creation_rules: [{age: "age1a, age1b"}]';

    expect(withRecipient(text, 'age', 'age1b')).toBe(text);
  });

  test.each([
    ['creation_rules: [', '.sops.yaml cannot be read as rules of SOPS'],
    ['creation_rules: x\n', '.sops.yaml cannot be read as rules of SOPS'],
    ['- a\n', '.sops.yaml cannot be read as rules of SOPS'],
    ['creation_rules:\n- key_groups: []\n', '.sops.yaml has a rule for all files whose keys are in groups\n  fix: add age1a to the group that it belongs to'],
    ['creation_rules:\n- age: [age1b]\n', '.sops.yaml has age in a form that is not one text\n  fix: add age1a to it'],
  ])('is not put into %j', (text, message) => {
    expect(() => withRecipient(text, 'age', 'age1a')).toThrow(message);
  });
});

test('a key takes the place of another in all rules, and every other byte stays', () => {
  expect(withOtherKey('# age1old is gone\ncreation_rules:\n  - age: >-\n      age1old,\n      age1b\n  - key_groups: [{age: ["age1old"]}]   # two\n', 'age1old', 'age1new')).toBe('# age1old is gone\ncreation_rules:\n  - age: >-\n      age1new,\n      age1b\n  - key_groups: [{age: ["age1new"]}]   # two\n');
});

test('a key whose name goes on behind that of the other stays', () => {
  const text = (name: string): string => `creation_rules:\n  - kms: arn:aws:kms:eu:1:alias/sops-prod,arn:aws:kms:eu:1:alias/${name}+arn:aws:iam::1:role/a\n  - kms: "arn:aws:kms:eu:1:alias/${name}"\n  - kms: arn:aws:kms:eu:1:alias/${name}\n  - azure_keyvault: arn:aws:kms:eu:1:alias/${name}/\n`;

  expect(withOtherKey(text('sops'), 'arn:aws:kms:eu:1:alias/sops', 'arn:aws:kms:eu:1:alias/new')).toBe(text('new'));
});

test('lines that end in CRLF do so with a key more', () => {
  expect(withRecipient('# who\r\ncreation_rules:\r\n  - age: age1a # ours\r\n', 'age', 'age1b')).toBe('# who\r\ncreation_rules:\r\n  - age: age1a,age1b # ours\r\n');
});
