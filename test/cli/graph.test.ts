import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { graph } from '../../src/cli/commands/graph';
import { bootstrapped, kustomization, type Files } from '../checks/check-tree';
import { folderWith } from '../folders';
import { call, type Called } from './call';

const fleet = (path = './apps'): Files => ({ ...bootstrapped('clusters/prod'), 'clusters/prod/apps.yaml': kustomization('apps', path), 'apps/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: default}\n' });

const run = async (folder: string, parameters: string): Promise<Called> => call(graph, [...parameters.split(' ').filter((word) => word !== ''), '--no-render'], folder);

test('a graph goes to stdout, as Mermaid unless another format is asked for', async () => {
  const folder = folderWith(fleet());

  expect(await run(folder, '')).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^flowchart LR\n/) as string });
  expect((await run(folder, '--format dot')).stdout).toMatch(/^digraph flux \{\n/);
  expect((await run(folder, '--format svg')).stdout).toMatch(/^<svg /);
  expect(JSON.parse((await run(folder, '--format json')).stdout)).toMatchObject({ version: 1, nodes: [{ kind: 'GitRepository' }, { kind: 'Kustomization', name: 'apps', wave: 2, detail: 'apps' }, { kind: 'Kustomization', name: 'flux-system', wave: 1 }] });
});

test('a file says by its name which format it wants', async () => {
  const folder = folderWith(fleet());

  expect(await run(folder, '--output graph.svg')).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(readFileSync(join(folder, 'graph.svg'), 'utf8')).toMatch(/^<svg [^]*<\/svg>\n$/);
  expect(await run(folder, '--output nowhere/graph.dot')).toMatchObject({ status: 2, stderr: expect.stringContaining('cannot be written: ENOENT') as string });
});

test('one cluster, or what is around one Kustomization, is drawn alone', async () => {
  const folder = folderWith({ ...fleet(), ...bootstrapped('clusters/test') });

  expect((await run(folder, '--cluster test')).stdout).not.toContain('apps');
  expect((await run(folder, '--focus apps')).stdout).not.toContain('clusters/test');
});

test('where something never becomes ready or is missing, the exit code is 1; what cannot be meant is 2', async () => {
  const folder = folderWith(fleet('./app'));

  expect((await run(folder, '')).status).toBe(1);
  expect(await run(folder, '--format png')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/^there is no format "png"\n {2}fix: take one of mermaid, dot, json, svg/) as string });
  expect(await run(folder, '--format constructor')).toMatchObject({ status: 2 });
  expect(await run(folder, '--focus app')).toMatchObject({ status: 2, stderr: 'there is no Flux Kustomization "app"\n  fix: write apps\n' });
});

test('a graph that is too large for most of what draws Mermaid is drawn, with a word about it', async () => {
  const many = Object.fromEntries(Array.from({ length: 260 }, (_, index) => [`clusters/prod/k${index}.yaml`, kustomization(`k${index}`, './apps', 'dependsOn: [{name: apps}]\n')]));

  const { stderr } = await run(folderWith({ ...fleet(), ...many }), '');

  expect(stderr).toBe('the graph has 783 edges, and most of what draws Mermaid stops at 500: draw less of it with --cluster or --focus, or a picture with --format svg\n');
});
