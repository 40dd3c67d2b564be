import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { check } from '../../src/cli/commands/check';
import { call } from '../cli/call';
import { folderWith } from '../folders';
import { testWith, toolPath } from '../tools';

/** Renders stay from run to run: the first one takes a minute. */
process.env['XDG_CACHE_HOME'] = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'fluxwright', 'test-renders');

/**
 * All that the rules say of repositories that other people keep, by rule; each finding was held against the files. Whoever
 * changes this reads those that are new.
 */
const FINDINGS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'Azure+gitops-flux2-kustomize-helm-mt': { 'notice kustomize-field-deprecated': 1, 'warning dependency-not-waited-for': 2, 'warning namespace-missing': 1 },
  'PHACDataHub+infra-core': { 'error path-missing': 2, 'error yaml-invalid': 1, 'notice image-without-tag': 1, 'notice unknown-kind': 1, 'warning dependency-not-waited-for': 1 },
  'aws-samples+eks-multi-cluster-gitops': { 'notice file-missing': 1, 'notice kustomize-field-deprecated': 1, 'notice unknown-kind': 1, 'warning dependency-not-waited-for': 2 },
  'blackjid+home-ops': { 'notice dependency-not-waited-for': 2, 'notice unknown-kind': 1, 'warning file-not-listed': 1 },
  'buroa+k8s-gitops': { 'notice file-missing': 1, 'notice unknown-kind': 1, 'warning dependency-not-waited-for': 3 },
  'cncf-tags+green-reviews-tooling': {},
  'fluxcd+flux2-kustomize-helm-example': {},
  'fluxcd+flux2-monitoring-example': {},
  'fluxcd+flux2-multi-tenancy': { 'notice unknown-kind': 1, 'warning flux-version-not-served': 1 },
  'stefanprodan+gitops-istio': { 'notice kustomize-field-deprecated': 1, 'warning flux-version-not-served': 10 },
  'xunholy+k8s-gitops': { 'error encryption-broken': 6, 'error secret-in-plaintext': 3, 'notice image-without-tag': 2, 'notice unknown-kind': 1, 'warning file-not-listed': 1, 'warning kustomization-not-applied': 4, 'warning object-applied-twice': 1 },
};

const shared = toolPath('shared');

for (const [name, expected] of shared === undefined ? [] : Object.entries(FINDINGS)) {
  testWith('kustomize', `what is found in ${name} is what a person has read`, async (kustomize) => {
    const folder = folderWith();
    spawnSync('tar', ['-xzf', join(shared!, 'repos', `${name}.tar.gz`), '-C', folder]);

    const { stdout } = await call(check, [join(folder, name), '--format', 'json'], folder, { PATH: `${join(kustomize, '..')}:${process.env['PATH']}` });

    const counts: Record<string, number> = {};
    for (const { rule, severity } of (JSON.parse(stdout) as { findings: readonly { rule: string; severity: string }[] }).findings) counts[`${severity} ${rule}`] = (counts[`${severity} ${rule}`] ?? 0) + 1;
    expect(counts).toEqual(expected);
  }, 120_000);
}

if (shared === undefined) test.skip('what is found in real repositories is what a person has read (they are not here)', () => {});
