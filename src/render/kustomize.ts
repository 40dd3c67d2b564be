import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UserError } from '../errors';
import type { RenderCache } from './render-cache';

/** The kustomize that renders are made with. */
export interface Kustomize {
  readonly path: string;
  /** Such as `v5.8.1`. */
  readonly version: string;
  /** The variable PATH, for one that is a script. */
  readonly environmentPath: string;
}

/** Where a kustomize may lie. */
export interface KustomizeSearch {
  /** The project's folder: its own tools count before those of the machine. Only one whose code is run anyway. */
  readonly project: string | undefined;
  /** The variable PATH. */
  readonly path: string;
  /** fluxwright's folder in the user's cache. */
  readonly cache: string;
}

/** Longer than any build of a real repository. */
const TIMEOUT = 60_000;
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * The first kustomize 5 or newer: of the project, of the machine, or in the user's cache.
 * @throws UserError `tool-missing`, with how to get one
 */
export async function findKustomize(search: KustomizeSearch, cache: RenderCache): Promise<Kustomize> {
  const { project, path, cache: own } = search;
  const folders = [
    ...(project === undefined ? [] : [join(project, 'node_modules', '.bin'), join(project, 'bin')]),
    ...path.split(delimiter).filter((folder) => folder !== ''),
    join(own, 'bin'), ...installedIn(own),
  ];
  const old: string[] = [];
  for (const candidate of folders.map((folder) => join(folder, 'kustomize')).filter((file) => existsSync(file))) {
    const version = await versionOf(candidate, path, cache);
    if (Number(/^v?(\d+)\./.exec(version ?? '')?.[1]) >= 5) return { path: candidate, version: version!, environmentPath: path };
    old.push(`${candidate} is ${version ?? 'none that runs'}`);
  }
  throw new UserError(
    'tool-missing',
    `kustomize 5 is not installed${old.length === 0 ? '' : `: ${old.join(', ')}`}`,
    'install it: "brew install kustomize", "go install sigs.k8s.io/kustomize/kustomize/v5@latest", or https://github.com/kubernetes-sigs/kustomize/releases',
  );
}

/** Those of the cache are in folders by their versions. */
function installedIn(cache: string): string[] {
  if (!existsSync(cache)) return [];
  return readdirSync(cache).filter((name) => /^kustomize-v\d/.test(name)).sort().reverse().map((name) => join(cache, name));
}

async function versionOf(path: string, environmentPath: string, cache: RenderCache): Promise<string | undefined> {
  const { size, mtimeMs } = statSync(path);
  const key = cache.key(['version', path, String(size), String(mtimeMs)]);
  const known = cache.find(key);
  if (typeof known === 'string') return known;
  const { code, stdout } = await run(path, ['version'], environmentPath, 10_000);
  const version = /v\d+\.\d+\.\d+\S*/.exec(stdout)?.[0];
  if (code !== 0 || version === undefined) return undefined;
  cache.store(key, version);
  return version;
}

export interface KustomizeResult {
  /** The render; undefined where there is none. */
  readonly text?: string;
  /** What kustomize says of it, or what became of it. */
  readonly failure?: string;
  /** Whether the same would come out again. */
  readonly isFinal: boolean;
}

/** Builds a directory as Flux does: files may lie anywhere, no plugins, no network. */
export async function kustomizeBuild({ path, environmentPath }: Kustomize, directory: string): Promise<KustomizeResult> {
  const { code, stdout, stderr } = await run(path, ['build', '--load-restrictor', 'LoadRestrictionsNone', directory], environmentPath, TIMEOUT);
  if (code === 0) return { text: stdout, isFinal: true };
  if (code === undefined) return { failure: stderr, isFinal: false };
  return { failure: stderr.replace(/^# Warning:.*\n/gm, '').trim(), isFinal: true };
}

/** What would lead kustomize into the network leads nowhere: it is told of a proxy that is none, and git of no protocol. */
const OFFLINE = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '', GIT_ALLOW_PROTOCOL: 'none', GIT_TERMINAL_PROMPT: '0', HOME: '/nonexistent' };

async function run(program: string, parameters: readonly string[], path: string, timeout: number): Promise<{ code: number | undefined; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...OFFLINE, PATH: path }, timeout, killSignal: 'SIGKILL', windowsHide: true });
    const stdout: Buffer[] = [];
    let size = 0;
    let stderr = '';
    const failed = (reason: string): void => resolve({ code: undefined, stdout: '', stderr: reason });
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MOST_BYTES) stdout.push(chunk);
      else child.kill('SIGKILL');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(0, 100_000)));
    child.on('error', (error) => failed(`it did not start: ${error.message}`));
    child.on('close', (code, signal) => {
      if (size > MOST_BYTES) failed(`its render is larger than ${MOST_BYTES / 1024 / 1024} MiB`);
      else if (code === null) failed(signal === 'SIGKILL' ? `it took longer than ${timeout / 1000} seconds` : `kustomize was ended by ${String(signal)}`);
      else resolve({ code, stdout: Buffer.concat(stdout).toString('utf8'), stderr });
    });
  });
}
