import { readSopsFile } from '../../src/sops/encrypted-file';

test('metadata with an alias of nothing is an error with the line', () => {
  const read = () => readSopsFile('secret.enc.yaml', 'data:\n  key: ENC[AES256_GCM,data:x]\nsops:\n  mac: *missing\n');

  expect(read).toThrow('secret.enc.yaml:4 cannot be read as SOPS would: an alias in its metadata names nothing\n  fix: encrypt the file again');
});
