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
const FINDINGS: Readonly<Record<string, Readonly<Record<string, number>>>> = {};

const shared = toolPath('shared');

for (const [name, expected] of Object.entries(FINDINGS)) {
  testWith('kustomize', `what is found in ${name} is what a person has read`, async (kustomize) => {
    const folder = folderWith();
    spawnSync('tar', ['-xzf', join(shared!, 'repos', `${name}.tar.gz`), '-C', folder]);

    const { stdout } = await call(check, [join(folder, name), '--format', 'json'], folder, { PATH: `${join(kustomize, '..')}:${process.env['PATH']}` });

    const counts: Record<string, number> = {};
    for (const { rule, severity } of (JSON.parse(stdout) as { findings: readonly { rule: string; severity: string }[] }).findings) counts[`${severity} ${rule}`] = (counts[`${severity} ${rule}`] ?? 0) + 1;
    expect(counts).toEqual(expected);
  }, 120_000);
}
