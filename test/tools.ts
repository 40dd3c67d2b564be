/**
 * The programs that some tests need: found, or installed once into the user's cache. A test whose program cannot be had
 * is skipped, and says why; with `CI=true` it fails.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const KUSTOMIZE_VERSION = 'v5.8.1';
const GO_SOURCES = join(__dirname, 'go');
/** A module of its own, since it takes Go a minute. */
const GO_FLUX_SOURCES = join(__dirname, 'go-flux');
const SHARED = join(__dirname, '..', '..', 'shared');
const CACHE = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'fluxwright');

const FINDERS = {
  /** The Go program test/go/reader: what Go reads. */
  reader: () => goProgram('reader'),
  /** The Go program test/go/bot: what Flux's image automation does to a directory. */
  bot: () => goProgram('bot'),
  /** The Go program test/go-flux/fluxbuild: what Flux builds, and what its envsubst makes of a text. */
  fluxbuild: () => goProgram('fluxbuild', GO_FLUX_SOURCES),
  /** The real sops, of which the e2e harness may have made one already. */
  sops: () => once('sops', findSops),
  kustomize: () => once('kustomize', findKustomize),
  /** A Python that has PyYAML. */
  python: () => once('python', findPython),
  /** A Chromium, or a browser made of it, that playwright drives. */
  chromium: () => once('chromium', findChromium),
  /** Real repositories and golden renders, kept beside the project; absent from a plain clone. */
  shared: findShared,
};

/** Something outside node_modules that a test needs. */
export type Tool = keyof typeof FINDERS;

/** A test suite that runs with a program, whose path its body gets. */
export function describeWith(tool: Tool, name: string, body: (path: string) => void): void {
  const found = find(tool);
  if ('path' in found) describe(name, () => body(found.path));
  else unavailable(tool, name, found.reason);
}

/** A test that runs with a program, whose path its body gets. */
export function testWith(tool: Tool, name: string, body: (path: string) => void | Promise<void>, timeout?: number): void {
  const found = find(tool);
  if ('path' in found) test(name, async () => body(found.path), timeout);
  else unavailable(tool, name, found.reason);
}

/** Runs a program of test/go: one JSON request a line, one JSON answer a line. */
export function runBatch<Answer>(program: string, requests: readonly unknown[]): Answer[] {
  const input = requests.map((request) => `${JSON.stringify(request)}\n`).join('');
  const answers = run(program, [], { input }).trimEnd().split('\n').map((line) => JSON.parse(line) as Answer);
  if (answers.length !== requests.length) throw new Error(`${program} answered ${answers.length} of ${requests.length} requests`);
  return answers;
}

/** The path of a program for tests that need it without a wrapper. */
export function toolPath(tool: Tool): string | undefined {
  const found = find(tool);
  return 'path' in found ? found.path : undefined;
}

class ToolMissing extends Error {}

function find(tool: Tool): { path: string } | { reason: string } {
  try {
    return { path: FINDERS[tool]() };
  } catch (error) {
    if (error instanceof ToolMissing) return { reason: error.message };
    throw error;
  }
}

function unavailable(tool: Tool, name: string, reason: string): void {
  const title = `${name} (needs ${tool}: ${reason})`;
  // what lies beside the project is data that only its own CI has, not something that can be installed
  if (process.env['CI'] !== 'true' || tool === 'shared') {
    process.stderr.write(`skipped: ${title}\n`); // jest says nothing of a file in which every test is skipped
    return test.skip(title, () => {});
  }
  test(title, () => {
    throw new Error(`${tool} is missing, and with CI=true nothing is skipped: ${reason}`);
  });
}

const known = new Map<string, string | ToolMissing>();

/** Workers load this file for every test file; within one file, a program is looked for once. */
function once(name: string, look: () => string): string {
  let found = known.get(name);
  if (found === undefined) {
    try {
      found = look();
    } catch (error) {
      if (!(error instanceof ToolMissing)) throw error;
      found = error;
    }
    known.set(name, found);
  }
  if (typeof found !== 'string') throw found;
  return found;
}

function goProgram(name: string, sources: string = GO_SOURCES): string {
  const directory = once(sources, () => {
    const target = join(CACHE, 'test-programs', hashOf(sources));
    makeOnce(target, (temporary) => goRun(['build', '-o', `${temporary}/`, './...'], { cwd: sources }));
    return target;
  });
  return join(directory, name);
}

function findKustomize(): string {
  const own = join(CACHE, 'bin', 'kustomize');
  for (const path of [own, ...(process.env['PATH'] ?? '').split(delimiter).map((directory) => join(directory, 'kustomize'))]) {
    if (existsSync(path) && Number(/v(\d+)\./.exec(spawnSync(path, ['version'], { encoding: 'utf8' }).stdout)?.[1]) >= 5) return path;
  }
  const installed = join(CACHE, `kustomize-${KUSTOMIZE_VERSION}`);
  makeOnce(installed, (temporary) => {
    goRun(['install', `sigs.k8s.io/kustomize/kustomize/v5@${KUSTOMIZE_VERSION}`], { env: { ...process.env, GOBIN: temporary } });
  });
  return join(installed, 'kustomize');
}

function findSops(): string {
  const sources = join(__dirname, 'e2e', 'go', 'sops');
  const real = join(CACHE, 'real', `sops-${hashOf(sources)}`, 'sops');
  if (existsSync(real)) return real;
  const built = join(CACHE, 'test-programs', `sops-${hashOf(sources)}`);
  makeOnce(built, (temporary) => goRun(['build', '-mod=readonly', '-o', `${temporary}/`, 'github.com/getsops/sops/v3/cmd/sops'], { cwd: sources, env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' } }));
  return join(built, 'sops');
}

function findPython(): string {
  for (const path of ['python3', join(CACHE, 'python', 'bin', 'python3')]) {
    if (spawnSync(path, ['-c', 'import yaml']).status === 0) return path;
  }
  throw new ToolMissing('python3 with PyYAML is not installed (`pip install pyyaml`)');
}

function findChromium(): string {
  for (const directory of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of ['chromium', 'chromium-browser', 'google-chrome']) if (existsSync(join(directory, name))) return join(directory, name);
  }
  throw new ToolMissing('no chromium is on the PATH (`apt-get install chromium`)');
}

function findShared(): string {
  if (existsSync(SHARED)) return SHARED;
  throw new ToolMissing('../shared is not there');
}

function goRun(parameters: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv }): void {
  if (spawnSync('go', ['version']).status !== 0) throw new ToolMissing('Go is not installed');
  const { status, stderr } = spawnSync('go', parameters, { encoding: 'utf8', ...options });
  if (status !== 0) throw new ToolMissing(`"go ${parameters.join(' ')}" failed: ${stderr.trim().split('\n').at(-1)}`);
}

function hashOf(directory: string): string {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const file of (readdirSync(directory, { recursive: true }) as string[]).sort()) {
    if (/\.go$|go\.(mod|sum)$/.test(file)) hash.update(`\0${file}\0`).update(readFileSync(join(directory, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** Fills the directory `target` once, whichever of jest's workers comes first: the others wait for it. */
function makeOnce(target: string, fill: (temporary: string) => void): void {
  const lock = `${target}.lock`;
  mkdirSync(join(target, '..'), { recursive: true });
  while (!existsSync(target)) {
    if (!acquire(lock)) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      continue;
    }
    const temporary = mkdtempSync(`${target}.`);
    try {
      if (existsSync(target)) return;
      fill(temporary);
      renameSync(temporary, target);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
      rmSync(lock, { force: true });
    }
  }
}

/** A lock says who holds it, so that one whose owner was killed can be broken. */
function acquire(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (age > 2000 && !isRunning(Number(readFileSync(lock, 'utf8')))) rmSync(lock, { force: true });
  return false;
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function run(program: string, parameters: string[], options: { input?: string; cwd?: string }): string {
  const { status, stdout, stderr, error } = spawnSync(program, parameters, { encoding: 'utf8', maxBuffer: 2 ** 30, ...options });
  if (status !== 0) throw error ?? new Error(`${program} failed:\n${stderr.slice(0, 4000)}`);
  return stdout;
}
