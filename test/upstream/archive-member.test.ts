import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { createTar } from 'nanotar';
import { archiveMember, isArchive, memberIn } from '../../src/upstream/archive-member';
import { fetchBytes } from '../../src/upstream/fetch-upstream';
import { ReleaseServer } from './release-server';

const server = new ReleaseServer();
const tar = createTar([{ name: './operator-system/' }, { name: './operator-system/operator.yaml', data: 'kind: Operator\n' }, { name: 'samples/a.yaml', data: 'kind: A\n' }, { name: 'README', data: 'read me' }]);
const bundle = gzipSync(tar);
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

test('a release in an archive is the file that its URL names', async () => {
  server.files['/1.0.0/release-bundle.tar.gz'] = bundle;

  const bytes = await fetchBytes(`${server.address}/1.0.0/release-bundle.tar.gz#operator-system/operator.yaml`);

  expect([text(bytes), server.requests]).toEqual(['kind: Operator\n', ['/1.0.0/release-bundle.tar.gz']]);
});

test.each([
  ['packed or not', tar, 'samples/a.yaml', 1000, 'kind: A\n'],
  ['from its root', bundle, '/samples/a.yaml', 20_000, 'kind: A\n'],
])('a file is found %s', (_, archive, member, most, expected) => {
  expect(text(archiveMember(archive, member, most))).toBe(expected);
});

test.each<[string, Uint8Array, string, number, string]>([
  ['a name that is missing', bundle, '', 20_000, 'it is an archive; put "#" and the file behind the URL: operator-system/operator.yaml, samples/a.yaml'],
  ['a misspelt name', bundle, 'operator-system/operators.yaml', 20_000, 'there is no operator-system/operators.yaml in the archive, but operator-system/operator.yaml'],
  ['a bomb', gzipSync(Buffer.alloc(5_000_000)), 'a', 20_000, 'it is larger than 20000 bytes when it is unpacked'],
  ['half an archive', bundle.subarray(0, 60), 'a', 20_000, 'it is damaged, and cannot be unpacked'],
])('%s is told', (_, archive, member, most, message) => {
  expect(() => archiveMember(archive, member, most)).toThrow(message);
});

test('an archive that is none, or says of a file that it has less than nothing, ends with a word, at once', () => {
  const back = Buffer.from(tar);
  back.write('-0000001000\0', 124, 'latin1');

  expect(() => archiveMember(back, 'a', 20_000)).toThrow();
  fc.assert(fc.property(fc.uint8Array({ minLength: 0, maxLength: 2_000 }), fc.nat(1_500), (noise, at) => {
    const broken = Buffer.from(tar);
    broken.set(noise.subarray(0, Math.max(0, Math.min(noise.length, broken.length - at))), at);
    for (const archive of [noise, broken]) {
      try {
        archiveMember(archive, 'operator-system/operator.yaml', 20_000);
      } catch (error) {
        expect((error as Error).message).toMatch(/^(it is|there is)/);
      }
    }
  }), { numRuns: 200 });
}, 10_000);

test('what an archive is shows by the URL', () => {
  expect(['https://a/b.tar.gz#c.yaml', 'https://a/b.tgz', 'https://a/b.tar?x=1#c', 'https://a/b.yaml', 'https://a/b.yaml#tar.gz'].map(isArchive)).toEqual([true, true, true, false, false]);
  expect(memberIn('https://a/b.tgz#c%20d.yaml')).toBe('c d.yaml');
});
