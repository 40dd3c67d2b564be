import { readSopsFile } from '../../src/sops/encrypted-file';

test('metadata with an alias of nothing is an error with the line', () => {
  const read = () => readSopsFile('secret.enc.yaml', 'data:\n  key: ENC[AES256_GCM,data:x]\nsops:\n  mac: *missing\n');

  expect(read).toThrow('secret.enc.yaml:4 cannot be read as SOPS would: an alias in its metadata names nothing\n  fix: encrypt the file again');
});

test('a file that is nested so deeply that nobody reads it is malformed', () => {
  expect(() => readSopsFile('a.enc.yaml', `a:\n${'- '.repeat(20_000)}a\nb: 1\n`)).toThrow('a.enc.yaml cannot be read as SOPS would: it is nested too deeply\n  fix: flatten it, and encrypt it again');
});
