import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diff } from '../../src/cli/commands/diff';
import { graph } from '../../src/cli/commands/graph';
import { dangerous } from '../page/fleets';
import { fleet } from '../diff/fleet';
import { Repository } from '../publish/repository';
import { call } from './call';

jest.setTimeout(60_000);

let repository: Repository;
beforeEach(() => {
  repository = Repository.create();
  for (const [path, text] of Object.entries(fleet)) repository.write(path, text);
  repository.commit();
});
afterEach(() => repository.remove());

test('diff writes a page into a file, and text to the terminal', async () => {
  for (const [path, text] of Object.entries(dangerous)) repository.write(path, text);

  const { status, stdout } = await call(diff, ['HEAD', '--format', 'html', '--output', 'change.html'], repository.root);

  expect([status, stdout]).toEqual([1, expect.stringContaining('Deployment web')]);
  const page = readFileSync(join(repository.root, 'change.html'), 'utf8');
  expect(page.slice(0, 15)).toBe('<!doctype html>');
  expect(/<details class="consequence danger" open>.*?class="title">([^<]*)/s.exec(page)?.[1]).toBe('deletes Cluster shop/orders, and its data with it');
});

test('graph writes a page where the file is called so', async () => {
  const { status, stdout } = await call(graph, ['--cluster', 'staging', '--no-render', '--output', 'staging.html'], repository.root);

  expect([status, stdout]).toEqual([0, '']);
  const page = readFileSync(join(repository.root, 'staging.html'), 'utf8');
  expect([...page.matchAll(/<h3>(.*?)<\/h3>/g)].map(([, title]) => title)).toEqual(['clusters/staging: 3 Flux Kustomizations in 3 waves']);
});

test('a format that is none is told with those that are', async () => {
  expect(await call(diff, ['--format', 'htm'], repository.root)).toMatchObject({ status: 2, stderr: 'there is no format "htm"\n  fix: take one of text, json, markdown, html\n' });
  expect(await call(graph, ['--format', 'pdf'], repository.root)).toMatchObject({ status: 2, stderr: 'there is no format "pdf"\n  fix: take one of mermaid, dot, json, svg, html\n' });
});
