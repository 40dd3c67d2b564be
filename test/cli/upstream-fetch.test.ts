import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { upstreamFetch } from '../../src/cli/commands/upstream-fetch';
import { findUpstreamByUrl } from '../../src/upstream/upstream-cache';
import { folderWith } from '../folders';
import { call } from './call';

let server: Server;
let address: string;
const cache = process.env['XDG_CACHE_HOME'];

beforeAll((done) => {
  server = createServer((request, response) => void (request.url === '/gone.yaml' ? response.writeHead(404).end() : response.end('kind: ServiceAccount\n'))).listen(0, '127.0.0.1', () => {
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    done();
  });
});
afterAll((done) => void server.close(done));
beforeEach(() => (process.env['XDG_CACHE_HOME'] = folderWith()));
afterEach(() => {
  if (cache === undefined) delete process.env['XDG_CACHE_HOME'];
  else process.env['XDG_CACHE_HOME'] = cache;
});

test('a repository without an app gets the files that it lists by URL, once; bases in Git are not asked for', async () => {
  const folder = folderWith({ 'app/kustomization.yaml': `resources: [${address}/crds.yaml, "https://github.com/org/repo/config?ref=v1", local.yaml]\n` });

  const first = await call(upstreamFetch, [], folder);
  const second = await call(upstreamFetch, [], folder);

  expect([first, second]).toEqual([{ status: 0, stdout: '', stderr: `fetched ${address}/crds.yaml\n` }, { status: 0, stdout: '', stderr: `cached ${address}/crds.yaml\n` }]);
  expect(findUpstreamByUrl(`${address}/crds.yaml`)?.toString()).toBe('kind: ServiceAccount\n');
});

test('what cannot be fetched is said behind what can', async () => {
  const folder = folderWith({ 'app/kustomization.yaml': `resources: [${address}/gone.yaml, ${address}/here.yaml]\n` });

  expect(await call(upstreamFetch, [], folder)).toEqual({
    status: 2, stdout: '',
    stderr: `fetched ${address}/here.yaml\n${address}/gone.yaml could not be fetched: the server answered 404 Not Found\n  fix: check the URL and the network, or bring the file yourself and name it as "source"\n`,
  });
});
