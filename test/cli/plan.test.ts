import { dirname } from 'node:path';
import { plan } from '../../src/cli/commands/plan';
import { bootstrapped, kustomization, type Files } from '../checks/check-tree';
import { folderWith } from '../folders';
import { Repository } from '../publish/repository';
import { testWith } from '../tools';
import { call, type Called } from './call';

const OBJECT = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: default}\n';
const fleet = (path = './apps'): Files => ({ ...bootstrapped('clusters/prod'), 'clusters/prod/apps.yaml': kustomization('apps', path), 'apps/settings.yaml': OBJECT });

const run = async (folder: string, parameters: string): Promise<Called> => call(plan, parameters.split(' ').filter((word) => word !== ''), folder);

test('where everything becomes ready, the exit code is 0', async () => {
  expect(await run(folderWith(fleet()), '--no-render')).toEqual({ status: 0, stderr: '', stdout: 'clusters/prod: 2 Flux Kustomizations in 2 waves\n\nwave 1  flux-system  clusters/prod\nwave 2  apps         apps\n' });
});

test('where something never does, it is 1', async () => {
  const { status, stdout } = await run(folderWith(fleet('./app')), '--no-render');

  expect([status, stdout]).toEqual([1, expect.stringContaining('never ready\n  apps\n    path "./app" does not exist [path-missing]\n')]);
});

test('what cannot be meant is 2', async () => {
  const folder = folderWith(fleet());

  expect(await run(folder, '--format yaml')).toEqual({ status: 2, stdout: '', stderr: 'there is no format "yaml"\n  fix: take one of text, json, markdown\n' });
  expect(await run(folder, 'main')).toEqual({ status: 2, stdout: '', stderr: 'there is nothing to compare with: the folder lies in no repository of Git\n  fix: leave out the base, or go to a folder of a clone\n' });
  expect(await run(folder, 'main --from-scratch')).toMatchObject({ status: 2, stderr: 'a cluster from scratch has nothing to compare with\n  fix: leave out --from-scratch, or the base\n' });
  expect(await run(folder, 'main --base main')).toMatchObject({ status: 2, stderr: 'the base is named twice\n  fix: name it once: fluxwright plan BASE, or --base BASE\n' });
  expect(await run(folder, 'a b --at c')).toMatchObject({ status: 2, stderr: 'the head is named twice\n  fix: name it once: fluxwright plan BASE HEAD, or --at HEAD\n' });
  expect(await run(folder, '--cluster test --no-render')).toMatchObject({ status: 2, stderr: 'there is no cluster "test"\n  fix: there is clusters/prod\n' });
});

describe('without kustomize', () => {
  const before = process.env['XDG_CACHE_HOME'];
  beforeEach(() => (process.env['XDG_CACHE_HOME'] = folderWith()));
  afterEach(() => {
    if (before === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = before;
  });

  test('it says so, and plans what the files say', async () => {
    expect(await call(plan, [], folderWith(fleet()), { PATH: folderWith() })).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('2 Flux Kustomizations in 2 waves') as string,
      stderr: expect.stringMatching(/^files are followed as they are written, without patches and variables: kustomize 5 is not installed\n {2}fix: install it/) as string,
    });
  });
});

testWith('kustomize', 'what kustomize makes of the files counts: an order that a patch gives', async (kustomize) => {
  const folder = folderWith({
    ...fleet(), 'clusters/prod/base.yaml': kustomization('base', './base'), 'base/settings.yaml': OBJECT.replace('settings', 'base'),
    'clusters/prod/kustomization.yaml': `resources: [flux-system, apps.yaml, base.yaml]\npatches:\n  - target: {kind: Kustomization, name: apps}\n    patch: |\n      - {op: add, path: /spec/dependsOn, value: [{name: base}]}\n`,
  });

  const { stdout } = await call(plan, [], folder, { PATH: dirname(kustomize) });

  expect(stdout).toBe('clusters/prod: 3 Flux Kustomizations in 3 waves\n\nwave 1  flux-system  clusters/prod\nwave 2  base         base\nwave 3  apps         apps           after base\n\ncritical path: flux-system ⇒ base → apps\n');
});

describe('of a change', () => {
  let repository: Repository;
  beforeEach(() => (repository = Repository.create()));
  afterEach(() => repository.remove());

  test('it compares commits, or the working tree with where the branch left its base', async () => {
    for (const [path, text] of Object.entries(fleet())) repository.write(path, text);
    const first = repository.commit();
    repository.git('checkout', '--quiet', '-b', 'change');
    repository.write('apps/more.yaml', OBJECT.replace('settings', 'more'));
    repository.commit();
    repository.write('apps/settings.yaml', `${OBJECT}data: {a: b}\n`);

    expect((await run(repository.root, `${first} HEAD --no-render`)).stdout).toBe('clusters/prod: 1 Flux Kustomization of 2 concerned\n\nwave 1  apps  apps  1 added of its objects; by apps/more.yaml\n');
    expect((await run(repository.root, '--base main --no-render')).stdout).toBe('clusters/prod: 1 Flux Kustomization of 2 concerned\n\nwave 1  apps  apps  1 added, 1 changed of its objects; by apps/more.yaml and apps/settings.yaml\n');
    expect((await run(repository.root, '--at main --no-render')).stdout).toContain('2 Flux Kustomizations in 2 waves');
    expect(await run(repository.root, 'nowhere --no-render')).toMatchObject({ status: 2, stdout: '' });
  });
});
