import type { Rule } from '../rule';
import { credentialInText } from './credential-in-text';
import { decryptionKeyUnknown } from './decryption-key-unknown';
import { decryptionMissing } from './decryption-missing';
import { encryptedForOthers } from './encrypted-for-others';
import { encryptionBroken } from './encryption-broken';
import { notEncrypted } from './not-encrypted';
import { plaintextTwin } from './plaintext-twin';
import { secretInPlaintext } from './secret-in-plaintext';

/** Secrets, and what SOPS encrypts. */
export const secretRules: readonly Rule[] = [
  credentialInText, decryptionKeyUnknown, decryptionMissing, encryptedForOthers, encryptionBroken, notEncrypted, plaintextTwin, secretInPlaintext,
];
