import { execFile } from 'node:child_process';
import { UserError } from '../errors';
import { visible } from '../visible';
import type { Terminal } from './command';

/** Flux's manifests are below one. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * What `flux install --export` makes of a version.
 * @throws UserError `tool-missing` without a flux on the PATH, `build-failed` with what it says
 */
export async function exportFlux({ directory, environment }: Terminal, parameters: readonly string[], timeoutMilliseconds: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const given = ['install', ...parameters, '--export'];
    execFile('flux', given, { cwd: directory, env: environment, encoding: 'buffer', maxBuffer: MOST_BYTES, timeout: timeoutMilliseconds, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const { code, killed } = error as NodeJS.ErrnoException & { readonly killed?: boolean };
      if (code === 'ENOENT') return reject(new UserError('tool-missing', 'there is no flux on the PATH, which has Flux\'s manifests', 'install it: https://fluxcd.io/flux/installation/#install-the-flux-cli'));
      const said = stderr.toString('utf8').trim().split('\n').filter((line) => line !== '').at(-1);
      reject(new UserError('build-failed', `flux ${given.join(' ')}: ${killed === true ? 'it took too long, or wrote too much' : visible(said ?? error.message)}`, 'mend what it says; a version that it does not hold itself it downloads'));
    });
  });
}
