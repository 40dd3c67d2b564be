import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { stagePromote } from '../../src/cli/commands/stage-promote';
import { folderWith } from '../folders';
import { SHOP, type Files } from '../stages/overlay-tree';
import { testWith } from '../tools';
import { call, type Called } from './call';

/** A folder under Git, with everything committed. */
function repositoryWith(files: Files): string {
  const folder = folderWith(files);
  git(folder, 'init', '--quiet');
  commit(folder);
  return folder;
}

function git(folder: string, ...parameters: string[]): string {
  return execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...parameters], { cwd: folder, encoding: 'utf8' });
}

function commit(folder: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'state');
}

const read = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');
/** Without a kustomize on the path, unless one is given. */
const promote = (folder: string, parameters: readonly string[], kustomize?: string): Promise<Called> => call(stagePromote, parameters, folder, kustomize === undefined ? {} : { PATH: [dirname(kustomize), process.env['PATH']].join(delimiter) });

testWith('kustomize', 'a promotion copies patches, adds the references that new ones need, and shows what that does', async (kustomize) => {
  const folder = repositoryWith(SHOP);

  const { status, stdout, stderr } = await promote(folder, ['staging', 'production'], kustomize);

  expect(stderr).toBe(`apps/overlays/staging/web/version.yaml → apps/overlays/production/web/version.yaml
apps/overlays/staging/web/settings.yaml → apps/overlays/production/web/settings.yaml
note: apps/overlays/staging/mail/version.yaml changes mail, which apps/overlays/production does not have: put what it is made from into the resources of apps/overlays/production/kustomization.yaml
commit and push it: Flux reads what is in the repository
`);
  expect(stdout).toBe(`apps/overlays/production
  ~ Deployment web-system/web  apps/base/web/deployment.yaml:2
      + spec.minReadySeconds: 5
      spec.template.spec.containers[name=web].image: ghcr.io/shop/web 1.2.0 → 1.3.0
  1 changed
`);
  expect(status).toBe(0);
  expect(read(folder, 'apps/overlays/production/kustomization.yaml')).toBe(SHOP['apps/overlays/production/kustomization.yaml']!.replace('- path: web/version.yaml\n', '- path: web/version.yaml\n- path: web/settings.yaml\n'));
  expect(git(folder, 'status', '--short', '--untracked-files=all')).toBe(' M apps/overlays/production/kustomization.yaml\n M apps/overlays/production/web/version.yaml\n?? apps/overlays/production/web/settings.yaml\n');
});

testWith('kustomize', 'a second promotion changes nothing', async (kustomize) => {
  const folder = repositoryWith(SHOP);
  await promote(folder, ['staging', 'production'], kustomize);
  commit(folder);

  const { status, stdout, stderr } = await promote(folder, ['apps/overlays/staging', 'production', 'web'], kustomize);

  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: 'production has all that apps/overlays/staging has to promote\n' });
  expect(git(folder, 'status', '--short')).toBe('');
});
