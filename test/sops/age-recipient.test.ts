import { bech32 } from '@scure/base';
import fc from 'fast-check';
import { isAgeRecipient } from '../../src/sops/age-recipient';

const KEY = 'age12afvp3a9f5fm3cx5jaj3maxm0u4n3m338f34qcaj56w92r4ghcvqe2v9gu';

function recipient(prefix: string, length: number): string {
  return bech32.encode(prefix, bech32.toWords(new Uint8Array(length).fill(7)), false);
}

test('takes keys of age, post-quantum keys and those of plugins', () => {
  expect([KEY, recipient('age', 32), recipient('age1pq', 1216), recipient('age1yubikey', 33)].map(isAgeRecipient)).toEqual([true, true, true, true]);
});

test('refuses another length, another kind of thing, and what is none', () => {
  expect([recipient('age', 31), recipient('age1pq', 32), recipient('bc', 32), recipient('agee', 32), 'age1', 'age1bogus', ''].map(isAgeRecipient)).not.toContain(true);
});

test('finds every single letter that is mistyped, and every two that change places', () => {
  fc.assert(fc.property(fc.integer({ min: 4, max: KEY.length - 1 }), fc.constantFrom(...'qpzry9x8gf2tvdw0s3jn54khce6mua7l'), (at, letter) => {
    expect(isAgeRecipient(KEY.slice(0, at) + letter + KEY.slice(at + 1))).toBe(letter === KEY[at]);
  }));
  fc.assert(fc.property(fc.integer({ min: 4, max: KEY.length - 2 }), (at) => {
    expect(isAgeRecipient(KEY.slice(0, at) + KEY[at + 1]! + KEY[at]! + KEY.slice(at + 2))).toBe(KEY[at] === KEY[at + 1]);
  }));
});
