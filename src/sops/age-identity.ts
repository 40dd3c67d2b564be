import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';

export interface AgeIdentity {
  /** `age1…`, for everybody. */
  readonly recipient: string;
  /** `AGE-SECRET-KEY-1…`, for those who decrypt. */
  readonly secretKey: string;
}

/** A new key of age, as age-keygen makes it. */
export function newAgeIdentity(): AgeIdentity {
  const { privateKey } = generateKeyPairSync('x25519');
  const { d } = privateKey.export({ format: 'jwk' });
  return identityOf(Buffer.from(d!, 'base64url'));
}

/** The key in the text of a key file; undefined where there is none. */
export function readAgeIdentity(text: string): AgeIdentity | undefined {
  const { bech32 } = require('@scure/base') as typeof import('@scure/base');
  const line = /^AGE-SECRET-KEY-1[A-Z0-9]+$/m.exec(text)?.[0];
  const decoded = line === undefined ? undefined : bech32.decodeUnsafe(line.toLowerCase(), false);
  const bytes = decoded === undefined ? undefined : bech32.fromWordsUnsafe(decoded.words);
  return bytes?.length === 32 ? identityOf(Buffer.from(bytes)) : undefined;
}

export function ageKeyFile({ recipient, secretKey }: AgeIdentity): string {
  return `# public key: ${recipient}\n${secretKey}\n`;
}

/** DER of an X25519 private key up to its 32 bytes. */
const PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');

function identityOf(secret: Buffer): AgeIdentity {
  const { bech32 } = require('@scure/base') as typeof import('@scure/base'); // loaded late: most commands need no keys
  const key = createPrivateKey({ key: Buffer.concat([PREFIX, secret]), format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  return {
    recipient: bech32.encode('age', bech32.toWords(Buffer.from(x!, 'base64url')), false),
    secretKey: bech32.encode('age-secret-key-', bech32.toWords(secret), false).toUpperCase(),
  };
}
