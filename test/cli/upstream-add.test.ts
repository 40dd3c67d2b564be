import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { upstreamAdd } from '../../src/cli/commands/upstream-add';
import { upstreamList } from '../../src/cli/commands/upstream-list';
import { sha256Of, upstreamCacheDirectory } from '../../src/upstream/upstream-cache';
import { folderWith } from '../folders';
import { widgets } from '../releases/widgets';
import { ReleaseServer } from '../upstream/release-server';
import { call } from './call';

const server = new ReleaseServer();
const lockIn = (folder: string): string => readFileSync(join(folder, 'upstream.lock.yaml'), 'utf8');

test('a release comes from a file, too', async () => {
  const folder = folderWith({ 'releases/widgets-1.2.3.yaml': widgets() });
  const url = pathToFileURL(join(folder, 'releases/widgets-1.2.3.yaml')).href;

  const added = await call(upstreamAdd, [url, '--name', 'widgets'], folder);

  expect([added.status, added.stderr]).toEqual([0, 'written: upstream.lock.yaml\n']);
  expect(lockIn(folder)).toContain(`  widgets:\n    version: 1.2.3\n    url: ${url.replace('1.2.3', '{version}')}\n    sha256: ${sha256Of(Buffer.from(widgets()))}\n    path: releases/widgets-1.2.3.yaml\n`);
});

test('it is added once; comments and other releases stay', async () => {
  const folder = folderWith({ 'upstream.lock.yaml': `# what we stand on
releases:
  # asked for by the shop
  other:
    version: "1.10" # not 1.1
    url: https://example.com/{version}.yaml
    sha256: ${'a'.repeat(64)}
` });
  server.files['/v1.0.0/widgets.yaml'] = widgets();

  const first = await call(upstreamAdd, [`${server.address}/v1.0.0/widgets.yaml`, '--name', 'widgets'], folder);
  const written = lockIn(folder);
  const second = await call(upstreamAdd, [`${server.address}/v1.0.0/widgets.yaml`, '--name', 'widgets'], folder);

  expect(written).toMatch(`# what we stand on
releases:
  # asked for by the shop
  other:
    version: "1.10" # not 1.1
    url: https://example.com/{version}.yaml
    sha256: ${'a'.repeat(64)}
  widgets:
    version: v1.0.0
`);
  expect([first.stderr, second.stderr, lockIn(folder)]).toEqual(['written: upstream.lock.yaml\n', 'upstream.lock.yaml locks it already\n', written]);
});

test('the lock file lies beside the cdk8s.yaml of the folder, and is found from below it', async () => {
  const folder = folderWith({ 'shop/cdk8s.yaml': 'app: node main.js\n', 'shop/apps/kustomization.yaml': 'resources: []\n', 'kustomization.yaml': 'resources: []\n' });
  server.files['/v1.0.0/widgets.yaml'] = widgets();
  spawnSync('git', ['init', '--quiet'], { cwd: folder });

  const added = await call(upstreamAdd, [`${server.address}/v1.0.0/widgets.yaml`, '--name', 'widgets', '--path', 'vendor/widgets.yaml'], join(folder, 'shop'));
  const again = await call(upstreamAdd, [`${server.address}/v1.0.0/widgets.yaml`, '--name', 'widgets'], join(folder, 'shop/apps'));

  expect(added.stderr.split('\n')[0]).toBe('written: shop/upstream.lock.yaml, shop/vendor/widgets.yaml');
  expect(lockIn(join(folder, 'shop'))).toContain('    path: vendor/widgets.yaml\n');
  expect(again.stderr).toBe('shop/upstream.lock.yaml locks it already\n');
});

test.each([
  ['what is no URL', ['widgets.yaml', '--name', 'widgets', '--version', '1'], '"widgets.yaml" is no URL\n  fix: write one that begins with https://, http:// or file://\n'],
  ['a URL that tells no version', ['http://127.0.0.1:1/widgets.yaml'], 'http://127.0.0.1:1/widgets.yaml does not tell the version\n  fix: say it: --version\n'],
  ['a name that is none', ['http://127.0.0.1:1/v1.0.0/widgets.yaml', '--name', 'Widgets!'], '--name Widgets! is none\n  fix: use lower-case letters, digits, ".", "_" and "-"\n'],
  ['a name that is taken', ['http://127.0.0.1:1/v1.0.0/widgets.yaml', '--name', 'taken'], 'upstream.lock.yaml locks taken already, 1.0.0 from https://example.com/1.0.0.yaml\n  fix: take another version with "fluxwright upstream update taken VERSION", or call this one otherwise: --name\n'],
  ['a server that refuses', ['http://127.0.0.1:1/v1.0.0/widgets.yaml'], 'http://127.0.0.1:1/v1.0.0/widgets.yaml could not be fetched: bad port\n  fix: check the URL and the network, or bring the file yourself and name it as "source"\n'],
])('%s adds nothing', async (_, parameters, message) => {
  const lock = `releases:\n  taken: {version: 1.0.0, url: "https://example.com/{version}.yaml", sha256: ${'a'.repeat(64)}}\n`;
  const folder = folderWith({ 'upstream.lock.yaml': lock });

  const added = await call(upstreamAdd, parameters, folder);

  expect([added.status, added.stdout, added.stderr, lockIn(folder)]).toEqual([2, '', message, lock]);
  expect(existsSync(upstreamCacheDirectory())).toBe(false);
});

test('another digest than the demanded one adds nothing', async () => {
  const folder = folderWith();
  server.files['/v1.0.0/widgets.yaml'] = widgets();

  const added = await call(upstreamAdd, [`${server.address}/v1.0.0/widgets.yaml`, '--sha256', 'AB'.repeat(32)], folder);

  expect([added.status, added.stderr.split('\n')[0], existsSync(join(folder, 'upstream.lock.yaml'))]).toEqual([2, `${server.address}/v1.0.0/widgets.yaml has the sha256 ${sha256Of(Buffer.from(widgets()))}, not the pinned ${'ab'.repeat(32)}`, false]);
});

test('what nobody has locked is listed as such, with what its URL tells', async () => {
  const folder = folderWith({ 'a/kustomization.yaml': 'resources:\n  - https://github.com/cert-manager/cert-manager/releases/download/v1.16.1/cert-manager.yaml\n' });

  const [text, json] = [await call(upstreamList, [], folder), await call(upstreamList, ['--format', 'json'], folder)];

  expect(text).toEqual({ status: 0, stdout: 'cert-manager  v1.16.1  not pinned  remote  not cached  no digest  a/kustomization.yaml:2\n', stderr: 'one release, and no upstream.lock.yaml that locks any\n' });
  expect(JSON.parse(json.stdout)).toEqual({
    lock: null,
    releases: [{ name: 'cert-manager', version: 'v1.16.1', url: 'https://github.com/cert-manager/cert-manager/releases/download/v1.16.1/cert-manager.yaml', sha256: null, pinned: 'not pinned', kept: 'remote', cached: false, places: ['a/kustomization.yaml:2'] }],
  });
});

test('a lock file that Flux would take for a manifest is warned of, unless Flux never sees it', async () => {
  server.files['/v1.0.0/widgets.yaml'] = widgets();
  const sync = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1m, url: "ssh://git@example.com/shop", ref: {branch: main}}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1m, path: ./, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}
`;
  const add = async (files: Record<string, string>, ...options: string[]): Promise<string> => (await call(upstreamAdd, [`${server.address}/v1.0.0/widgets.yaml`, '--name', 'widgets', ...options], folderWith({ 'flux-system/gotk-sync.yaml': sync, ...files }))).stderr;

  const warning = 'warning: Flux Kustomization flux-system/flux-system applies every YAML file of its folder, and fails at upstream.lock.yaml: list it in .sourceignore, or keep it elsewhere: --file';
  expect((await add({})).split('\n')[1]).toBe(warning);
  expect(await add({ '.sourceignore': '/upstream.lock.yaml\n' })).not.toContain('warning');
  expect(await add({ 'kustomization.yaml': 'resources: [flux-system/gotk-sync.yaml]\n' })).not.toContain('warning');
  expect(await add({ 'platform/kustomization.yaml': 'resources: []\n' }, '--file', 'platform/upstream.lock.yaml')).toMatch(/^written: platform\/upstream\.lock\.yaml\n(?!warning)/);
});

test('a proxy that the environment names is asked', async () => {
  server.files['http://releases.example.com/v1.0.0/widgets.yaml'] = widgets();

  const added = await call(upstreamAdd, ['http://releases.example.com/v1.0.0/widgets.yaml', '--name', 'widgets'], folderWith(), { http_proxy: server.address });

  expect([added.status, server.requests]).toEqual([0, ['http://releases.example.com/v1.0.0/widgets.yaml']]);
});

test('copies that somebody keeps are listed, with the version that their objects say', async () => {
  const folder = folderWith({
    'k8s/cert-manager/cert-manager-v1.16.1.yaml': widgets().replaceAll('metadata: {name', 'metadata: {labels: {app.kubernetes.io/version: v1.16.1}, name'),
    'k8s/widgets/crds.yaml': widgets({ image: '2.0.0' }),
    'k8s/both.yaml': `${widgets({ image: '2.0.0' })}---\n${widgets({ image: '3.0.0' })}`,
    'k8s/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\n',
  });

  const { stdout } = await call(upstreamList, [], folder);

  expect(stdout).toBe(`both          no version  not pinned  vendored  not cached  no digest  k8s/both.yaml
cert-manager  v1.16.1     not pinned  vendored  not cached  no digest  k8s/cert-manager/cert-manager-v1.16.1.yaml
crds          2.0.0       not pinned  vendored  not cached  no digest  k8s/widgets/crds.yaml
`);
});
