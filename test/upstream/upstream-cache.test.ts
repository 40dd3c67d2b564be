import { createServer, type Server } from 'node:http';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fetchUnpinned, fetchUpstream } from '../../src/upstream/fetch-upstream';
import { findUpstream, findUpstreamByUrl, sha256Of, upstreamCacheDirectory } from '../../src/upstream/upstream-cache';
import { folderWith } from '../folders';

const release = Buffer.from('kind: ServiceAccount\n');
const digest = sha256Of(release);
const cacheHome = process.env['XDG_CACHE_HOME'];
let server: Server;
let address: string;
let requests: string[];

beforeAll((done) => {
  server = createServer((request, response) => {
    requests.push(request.url!);
    if (request.url === '/moved') return void response.writeHead(302, { location: '/release' }).end();
    if (request.url === '/endless') return void response.writeHead(200).write(Buffer.alloc(100_000));
    if (request.url === '/release') return void response.end(release);
    response.writeHead(404).end();
  }).listen(0, '127.0.0.1', () => {
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    done();
  });
});

afterAll((done) => {
  server.closeAllConnections();
  server.close(done);
});

beforeEach(() => {
  requests = [];
  process.env['XDG_CACHE_HOME'] = folderWith();
});

afterEach(() => {
  if (cacheHome === undefined) delete process.env['XDG_CACHE_HOME'];
  else process.env['XDG_CACHE_HOME'] = cacheHome;
});

test('a release is downloaded once and then found by its digest', async () => {
  const first = await fetchUpstream(`${address}/release`, digest);
  const second = await fetchUpstream(`${address}/release`, digest);

  expect([first, second, requests]).toEqual(['fetched', 'cached', ['/release']]);
  expect(findUpstream(digest)).toEqual(release);
  expect(readdirSync(upstreamCacheDirectory())).toEqual([digest]);
});

test('a redirect is followed, as those of release pages have to be', async () => {
  await fetchUpstream(`${address}/moved`, digest);

  expect(requests).toEqual(['/moved', '/release']);
});

test('a release can come from a file', async () => {
  const folder = folderWith({ 'release.yaml': release });

  await fetchUpstream(pathToFileURL(join(folder, 'release.yaml')).href, digest);

  expect(findUpstream(digest)).toEqual(release);
});

test('another file than the pinned one is refused and not kept', async () => {
  const other = sha256Of(Buffer.from('another'));

  await expect(fetchUpstream(`${address}/release`, other)).rejects.toThrow(
    `${address}/release has the sha256 ${digest}, not the pinned ${other}\n  fix: find out why it changed; if the new contents are right, pin their digest`,
  );
  expect(findUpstream(digest)).toBeUndefined();
  expect(existsSync(upstreamCacheDirectory())).toBe(false);
});

test('a server that says no is quoted', async () => {
  await expect(fetchUpstream(`${address}/gone`, digest)).rejects.toThrow(
    `${address}/gone could not be fetched: the server answered 404 Not Found\n  fix: check the URL and the network, or bring the file yourself and name it as "source"`,
  );
});

test('a file that is not there is named', async () => {
  const url = pathToFileURL(join(folderWith(), 'release.yaml')).href;

  await expect(fetchUpstream(url, digest)).rejects.toThrow(`${url} could not be fetched: ENOENT`);
});

test('a download that never ends or is far too large is given up', async () => {
  await expect(fetchUpstream(`${address}/endless`, digest, { timeoutMilliseconds: 100 })).rejects.toThrow(`${address}/endless could not be fetched: it took too long\n`);
  await expect(fetchUpstream(`${address}/endless`, digest, { maxBytes: 1000 })).rejects.toThrow(`${address}/endless could not be fetched: it is larger than 1000 bytes\n`);
});

test('a release is found by its URL, too, since a kustomization.yaml says no digest', async () => {
  await fetchUpstream(`${address}/release`, digest);

  expect(findUpstreamByUrl(`${address}/release`)).toEqual(release);
  expect(findUpstreamByUrl(`${address}/moved`)).toBeUndefined();
});

test('what nobody has pinned is fetched once', async () => {
  const first = await fetchUnpinned(`${address}/release`);
  const second = await fetchUnpinned(`${address}/release`);

  expect([first, second, requests]).toEqual(['fetched', 'cached', ['/release']]);
  expect(findUpstreamByUrl(`${address}/release`)).toEqual(release);
});

test('a damaged release is not found by its URL', async () => {
  await fetchUpstream(`${address}/release`, digest);

  writeFileSync(join(upstreamCacheDirectory(), digest), 'kind: Tampered\n');

  expect(findUpstreamByUrl(`${address}/release`)).toBeUndefined();
});
