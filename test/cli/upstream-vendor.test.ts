import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { upstreamAdd } from '../../src/cli/commands/upstream-add';
import { upstreamFetch } from '../../src/cli/commands/upstream-fetch';
import { upstreamVendor } from '../../src/cli/commands/upstream-vendor';
import { upstreamVerify } from '../../src/cli/commands/upstream-verify';
import { findUpstream, sha256Of, upstreamCacheDirectory } from '../../src/upstream/upstream-cache';
import { folderWith } from '../folders';
import { widgets } from '../releases/widgets';
import { ReleaseServer } from '../upstream/release-server';
import { call } from './call';

const server = new ReleaseServer();
const bytes = `# as upstream has it:   \n${widgets()}`;
const digest = sha256Of(Buffer.from(bytes));

/** A repository with a release that is locked, in the cache, and with a copy if `path` says so. */
async function locked(path?: string): Promise<string> {
  const folder = folderWith();
  server.files['/v1.0.0/widgets.yaml'] = bytes;
  await call(upstreamAdd, [`${server.address}/v1.0.0/widgets.yaml`, '--name', 'widgets', ...(path === undefined ? [] : ['--path', path])], folder);
  return folder;
}

const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');

test('a copy that is lost or changed comes back byte for byte', async () => {
  const folder = await locked('vendor/widgets.yaml');
  expect(read(folder, 'vendor/widgets.yaml')).toBe(bytes);
  writeFileSync(join(folder, 'vendor/widgets.yaml'), 'kind: Tampered\n');

  const verified = await call(upstreamVerify, [], folder);
  const vendored = await call(upstreamVendor, [], folder);
  const after = await call(upstreamVerify, [], folder);

  expect(verified).toEqual({
    status: 1,
    stdout: `vendor/widgets.yaml, the copy of widgets v1.0.0, has the sha256 ${sha256Of(Buffer.from('kind: Tampered\n'))}, not the pinned ${digest}\n  fix: find out who changed it; fluxwright upstream vendor widgets brings back what is pinned\n`,
    stderr: 'one release is pinned: one difference\n',
  });
  expect(vendored).toEqual({ status: 0, stdout: '', stderr: 'written: vendor/widgets.yaml\none release is on this machine\n' });
  expect(read(folder, 'vendor/widgets.yaml')).toBe(bytes);
  expect(after).toEqual({ status: 0, stdout: '', stderr: 'one release is pinned: nothing has another digest\n' });
});

test('a release gets a copy later, and the lock file knows where', async () => {
  const folder = await locked();

  const shown = await call(upstreamVendor, ['widgets', '--path', 'vendor/widgets.yaml', '--dry-run'], folder);
  expect([shown.status, shown.stderr, existsSync(join(folder, 'vendor'))]).toEqual([0, 'nothing is written: --dry-run\n', false]);
  await call(upstreamVendor, ['widgets', '--path', 'vendor/widgets.yaml'], folder);

  expect(read(folder, 'upstream.lock.yaml')).toContain('    path: vendor/widgets.yaml\n');
  expect(read(folder, 'vendor/widgets.yaml')).toBe(bytes);
});

test('releases without a copy come into the cache, by vendor and by fetch', async () => {
  const folder = await locked();
  process.env['XDG_CACHE_HOME'] = folderWith();
  const missing = await call(upstreamVerify, [], folder);

  await call(upstreamVendor, [], folder);
  expect(findUpstream(digest)?.toString()).toBe(bytes);
  process.env['XDG_CACHE_HOME'] = folderWith();
  const fetched = await call(upstreamFetch, [], folder);

  expect(missing).toEqual({ status: 0, stdout: '', stderr: 'widgets v1.0.0 is neither in the repository nor in the cache: --remote compares what is published\none release is pinned: nothing has another digest\n' });
  expect([fetched.stderr, findUpstream(digest)?.toString()]).toEqual(['fetched widgets v1.0.0\n', bytes]);
});

test('other contents at the URL are refused, and what there is stays', async () => {
  const folder = await locked('vendor/widgets.yaml');
  process.env['XDG_CACHE_HOME'] = folderWith();
  writeFileSync(join(folder, 'vendor/widgets.yaml'), 'kind: Tampered\n');
  server.files['/v1.0.0/widgets.yaml'] = 'kind: Other\n';

  const vendored = await call(upstreamVendor, [], folder);

  expect([vendored.status, vendored.stderr]).toEqual([2, `${server.address}/v1.0.0/widgets.yaml has the sha256 ${sha256Of(Buffer.from('kind: Other\n'))}, not the pinned ${digest}\n  fix: find out why it changed; if the new contents are right, pin their digest\n`]);
  expect(read(folder, 'vendor/widgets.yaml')).toBe('kind: Tampered\n');
  expect(existsSync(upstreamCacheDirectory())).toBe(false);
});

test('verify finds a damaged cache, an entry that says something else, a copy of a synth, and with --remote what is published', async () => {
  const folder = await locked();
  const lock = read(folder, 'upstream.lock.yaml');
  writeFileSync(join(folder, 'upstream.lock.yaml'), lock.replace('operator:1.0.0', 'operator:1.0.1'));
  const entry = await call(upstreamVerify, [], folder);
  writeFileSync(join(folder, 'upstream.lock.yaml'), lock);
  writeFileSync(join(folder, '.fluxwright.shop.sha256'), `# Generated\n${digest}  k8s/widgets.yaml\n`);
  const copy = await call(upstreamVerify, [], folder);
  writeFileSync(join(folder, '.fluxwright.shop.sha256'), '');
  writeFileSync(join(upstreamCacheDirectory(), digest), 'kind: Damaged\n');
  const cache = await call(upstreamVerify, [], folder);
  server.files['/v1.0.0/widgets.yaml'] = 'kind: Moved\n';
  const remote = await call(upstreamVerify, ['--remote'], folder);
  delete server.files['/v1.0.0/widgets.yaml'];
  const gone = await call(upstreamVerify, ['--remote'], folder);

  expect([entry.status, entry.stdout]).toEqual([1, 'upstream.lock.yaml says of widgets v1.0.0 other definitions or images than it has\n  fix: fluxwright upstream update widgets v1.0.0 writes them\n']);
  expect([copy.status, copy.stdout]).toEqual([1, 'k8s/widgets.yaml, the copy of widgets v1.0.0, is not there\n  fix: npx fluxwright synth\n']);
  expect([cache.status, cache.stdout]).toEqual([1, `widgets v1.0.0 in the cache has other contents than the sha256 ${digest}\n  fix: fluxwright upstream fetch brings it again\n`]);
  expect([remote.status, remote.stdout.split('\n')[2]]).toEqual([1, `${server.address}/v1.0.0/widgets.yaml, which is widgets v1.0.0, has the sha256 ${sha256Of(Buffer.from('kind: Moved\n'))}, not the pinned ${digest}`]);
  expect([gone.status, gone.stderr]).toEqual([2, `${server.address}/v1.0.0/widgets.yaml could not be fetched: the server answered 404 Not Found\n  fix: check the URL and the network, or bring the file yourself and name it as "source"\n`]);
});

test('a copy is put over no file of somebody else, and through no link', async () => {
  const folder = await locked();
  const outside = folderWith();
  symlinkSync(outside, join(folder, 'linked'));
  writeFileSync(join(folder, 'mine.yaml'), 'kind: Mine\n');
  writeFileSync(join(folder, 'made.yaml'), '# Generated by fluxwright (shop) as made.yaml. Change the constructs, not this file.\nkind: Made\n');
  const at = async (path: string): Promise<string> => (await call(upstreamVendor, ['widgets', '--path', path], folder)).stderr;

  expect(await at('mine.yaml')).toBe('mine.yaml holds something else than widgets v1.0.0\n  fix: name another file: --path, or remove this one first\n');
  expect(await at('made.yaml')).toBe('made.yaml is written by a synth\n  fix: keep the copy of widgets elsewhere: --path\n');
  expect(await at('linked/widgets.yaml')).toBe(`linked/widgets.yaml leads out of ${folder} through a symbolic link\n  fix: name a file that lies below the root itself\n`);
  expect(await at('../widgets.yaml')).toBe(`--path ../widgets.yaml leads out of the root, ${folder}\n  fix: name what lies in it\n`);
  expect(await at('README.md')).toBe('--path README.md is no file of manifests\n  fix: name one that ends in .yaml\n');
  expect(existsSync(join(outside, 'widgets.yaml'))).toBe(false);
});

test('a copy that somebody is changing is left, until Git has the change', async () => {
  const folder = await locked('vendor/widgets.yaml');
  execFileSync('git', ['-C', folder, 'init', '--quiet']);
  const git = (...parameters: string[]): string => execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...parameters], { encoding: 'utf8' });
  git('add', '.');
  git('commit', '--quiet', '-m', 'lock');
  writeFileSync(join(folder, 'vendor/widgets.yaml'), `${bytes}# ours\n`);

  const refused = await call(upstreamVendor, [], folder);
  expect([refused, read(folder, 'vendor/widgets.yaml')]).toEqual([{ status: 2, stdout: '', stderr: 'vendor/widgets.yaml has changes that are not committed, and would be lost\n  fix: commit them, or set them aside: git stash\n' }, `${bytes}# ours\n`]);
  git('commit', '--quiet', '-a', '-m', 'ours');
  await call(upstreamVendor, [], folder);

  expect(read(folder, 'vendor/widgets.yaml')).toBe(bytes);
});
