/** Bytes of a key by the prefix before its data; those of plugins have a length that only the plugin knows. */
const LENGTHS: Readonly<Record<string, number>> = { age: 32, age1pq: 1216 };

/** Whether an `age1…` is a whole public key: its checksum holds, and its kind has this length. */
export function isAgeRecipient(recipient: string): boolean {
  const { bech32 } = require('@scure/base') as typeof import('@scure/base'); // loaded late: most apps have no recipients
  const key = bech32.decodeUnsafe(recipient, false);
  if (key === undefined || !/^age(1.+)?$/.test(key.prefix)) return false;
  const length = Object.hasOwn(LENGTHS, key.prefix) ? LENGTHS[key.prefix] : undefined;
  return length === undefined || bech32.fromWordsUnsafe(key.words)?.length === length;
}
