import { ageKeyFile, newAgeIdentity, readAgeIdentity } from '../../src/sops/age-identity';
import { isAgeRecipient } from '../../src/sops/age-recipient';

test('a secret key has the public key that age-keygen gives it', () => {
  const key = 'AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX'; // 32 times 0x42

  expect(readAgeIdentity(`# created: now\n${key}\n`)).toEqual({ recipient: 'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj', secretKey: key });
});

test('each new key is another, and reads back', () => {
  const [one, other] = [newAgeIdentity(), newAgeIdentity()];

  expect(isAgeRecipient(one.recipient)).toBe(true);
  expect(one.recipient).not.toBe(other.recipient);
  expect(readAgeIdentity(ageKeyFile(one))).toEqual(one);
});

test.each(['', 'AGE-SECRET-KEY-1', 'AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEZ', 'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj'])('%j is no secret key', (text) => {
  expect(readAgeIdentity(text)).toBeUndefined();
});
