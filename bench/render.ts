/** What `fluxwright check` and `fluxwright render` of this repository's own k8s/ take, with renders to make and with all of them kept. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { costOf, least } from './measure';

const RUNS = 5;

/** Lines for a person, from the build in dist/. */
export function renderFigures(project: string): string[] {
  const scratch = mkdtempSync(join(tmpdir(), 'fluxwright-bench-'));
  try {
    const [root, cache] = [join(scratch, 'root'), join(scratch, 'cache', 'fluxwright')];
    cpSync(join(project, 'k8s'), join(root, 'k8s'), { recursive: true });
    execFileSync('git', ['init', '--quiet'], { cwd: root });
    execFileSync('git', ['add', '-A'], { cwd: root });
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.org', 'commit', '--quiet', '-m', 'k8s'], { cwd: root });
    mkdirSync(cache, { recursive: true });
    const own = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'fluxwright');
    for (const folder of ['upstream', 'upstream-urls', 'bin']) cpIfThere(join(own, folder), join(cache, folder));

    const env = { ...process.env, XDG_CACHE_HOME: join(scratch, 'cache'), PATH: `${process.env['PATH'] ?? ''}:${toolFolders(own)}` };
    const measure = (parameters: readonly string[], before: () => void): string => {
      const { wall, cpu } = least(() => {
        before();
        return costOf('node', [join(project, 'dist/src/cli/main.js'), ...parameters], { cwd: root, env, statuses: [0, 1] });
      }, RUNS);
      return `${wall.toFixed(2)} s wall, ${cpu.toFixed(2)} s CPU`;
    };
    const forget = (): void => rmSync(join(cache, 'renders'), { recursive: true, force: true });
    const figures = (name: string, parameters: readonly string[]): string => `${name} of k8s/: cold ${measure(parameters, forget)} (expected: below 2); warm ${measure(parameters, () => {})} (expected: below 0.5); least of ${RUNS}`;
    return [figures('render', ['render', '--all']), figures('check, with rendering,', ['check', '--base', 'HEAD'])];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function cpIfThere(from: string, to: string): void {
  try {
    cpSync(from, to, { recursive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Where the tests install kustomize. */
function toolFolders(cache: string): string {
  return [join(cache, 'bin'), join(cache, 'kustomize-v5.8.1')].join(':');
}
