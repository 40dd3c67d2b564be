import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as original from 'cdk8s-plus-27/lib/imports/k8s';
import { k8s } from 'fluxwright';

const project = join(__dirname, '..', '..', '..');

test('k8s is what cdk8s-plus has, as values and as types', () => {
  const container: k8s.Container = { name: 'web' };
  const isDeployment = (object: k8s.KubeDeployment): boolean => object.kind === 'Deployment';

  expect(k8s.KubeDeployment).toBe(original.KubeDeployment);
  expect(Object.keys(k8s)).toEqual(Object.keys(original));
  expect('KubeService' in k8s).toBe(true);
  expect([container.name, typeof isDeployment]).toEqual(['web', 'function']);
});

test('a platform that uses none of the built-in kinds does not load them', () => {
  const script = `
    const { GitopsApp, k8s } = require('fluxwright');
    new GitopsApp({ name: 'shop' });
    const loaded = () => Object.keys(require.cache).some((file) => file.includes('cdk8s-plus-27'));
    const before = loaded();
    void k8s.KubeNamespace;
    console.log(JSON.stringify([before, loaded()]));
  `;

  const { stdout, stderr } = spawnSync(process.execPath, ['--conditions=fluxwright-source', '-r', 'tsx/cjs', '-e', script], { cwd: project, encoding: 'utf8' });

  expect({ stdout, stderr }).toEqual({ stdout: '[false,true]\n', stderr: '' });
});
