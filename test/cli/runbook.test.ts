import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runbook } from '../../src/cli/commands/runbook';
import { bootstrapped, kustomization, object, type Files } from '../checks/check-tree';
import { folderWith } from '../folders';
import { describeWith } from '../tools';
import { call, type Called } from './call';

const FLEET: Files = { ...bootstrapped('clusters/prod'), 'clusters/prod/web.yaml': kustomization('web', './web'), 'web/settings.yaml': object('ConfigMap', 'settings', 'web') };

describeWith('kustomize', 'runbook', (kustomize) => {
  const run = async (folder: string, ...parameters: string[]): Promise<Called> => call(runbook, parameters, folder, { PATH: dirname(kustomize) });

  test('is written, checked, and written anew when the manifests change', async () => {
    const folder = folderWith(FLEET);
    const file = join(folder, 'docs/RUNBOOK.md');

    expect(await run(folder, '--output', 'docs/RUNBOOK.md')).toEqual({ status: 0, stdout: '', stderr: 'docs/RUNBOOK.md is written\n' });
    expect(await run(folder, '--output', 'docs/RUNBOOK.md')).toEqual({ status: 0, stdout: '', stderr: 'docs/RUNBOOK.md is as it is to be\n' });
    expect(await run(folder, '--output', 'docs/RUNBOOK.md', '--check')).toEqual({ status: 0, stdout: '', stderr: '' });

    const before = readFileSync(file, 'utf8');
    writeFileSync(join(folder, 'web/settings.yaml'), object('ConfigMap', 'settings', 'shop'));
    const { status, stdout, stderr } = await run(folder, '--output', 'docs/RUNBOOK.md', '--check');
    expect([status, stderr]).toEqual([1, 'docs/RUNBOOK.md is not what the manifests say: fluxwright runbook --output docs/RUNBOOK.md\n']);
    expect(stdout).toContain('\n-| `web` | `flux-system/web` | `web` |\n+| `web` | `flux-system/web` | `shop` |\n');
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('an environment that comes leaves it as it is', async () => {
    const listed: Files = { ...FLEET, 'environments.yaml': 'environments:\n  - branch: dev-test\n    namespace: dev-test\n' };
    const source = 'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: dev-test, namespace: flux-system}\nspec: {interval: 1m, url: "ssh://git@example.com/shop", ref: {branch: dev-test}}\n---\n';
    const instance = `${source}${kustomization('dev-test-web', './web').replace('name: flux-system', 'name: dev-test')}`;

    const [before, after] = [await run(folderWith(listed)), await run(folderWith({ ...listed, 'clusters/prod/dev-test.yaml': instance }))];

    expect(after).toEqual(before);
    expect(before.stdout).toContain('An environment for each branch that is listed in `environments.yaml`.');
  });

  test('what somebody else wrote stays, and what makes no sense is refused', async () => {
    const folder = folderWith({ ...FLEET, 'README.md': '# mine\n' });

    expect(await run(folder, '--output', 'README.md')).toEqual({ status: 2, stdout: '', stderr: 'README.md is there already, and is no runbook that was made from the manifests\n  fix: name another file, or move that one away\n' });
    expect(await run(folder, '--check')).toEqual({ status: 2, stdout: '', stderr: '--check does not say which file\n  fix: name it: --output RUNBOOK.md\n' });
    expect(await run(folder, '--output', '../RUNBOOK.md')).toMatchObject({ status: 2, stderr: expect.stringMatching(/^--output \.\.\/RUNBOOK\.md leads out of the root/) as string });
    expect(await run(folderWith({ 'a.yaml': object('ConfigMap', 'a') }))).toMatchObject({ status: 2, stderr: 'there is no Flux Kustomization in this repository, so that there is nothing to run\n  fix: go to a folder of a Flux repository\n' });
  });
});
