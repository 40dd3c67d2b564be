import { checkEncryption } from '../../sops/check-encryption';
import type { Rule } from '../rule';
import { encryptedFilesOf } from './encrypted-files';

export const encryptionBroken: Rule = {
  id: 'encryption-broken',
  severity: 'error',
  why: 'SOPS and Flux refuse a file whose metadata is incomplete, and a value that somebody added without SOPS stays readable: the checksum over all values no longer holds.',
  example: `data:
  password: ENC[AES256_GCM,…]
  token: aHVudGVyMg== # added by hand
sops: {…}`,
  fix: 'restore the file from Git, and change it with "sops FILE"',
  link: 'https://getsops.io/docs/#message-authentication-code',

  *find(context) {
    for (const [path, text] of encryptedFilesOf(context)) {
      for (const { problem, fix } of checkEncryption(path, text)) {
        const [, line, message = problem] = /^(?::(\d+))? (.*)$/s.exec(problem.startsWith(path) ? problem.slice(path.length) : '') ?? [];
        yield { at: { file: path, line: Number(line ?? 1) }, message: `this file ${message}`, fix };
      }
    }
  },
};
