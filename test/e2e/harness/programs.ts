import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Scope } from './scope';

const MODULES = join(__dirname, '..', 'go');
const CACHE = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'fluxwright', 'real');

interface Source {
  /** The folder in test/e2e/go whose go.mod pins it. */
  readonly module: string;
  readonly package: string;
}

/** The real parts, and the small programs of our own that use their libraries. */
const PROGRAMS = {
  etcd: { module: 'etcd', package: 'go.etcd.io/etcd/server/v3' },
  'kube-apiserver': { module: 'kubernetes', package: 'k8s.io/kubernetes/cmd/kube-apiserver' },
  'kube-controller-manager': { module: 'kubernetes', package: 'k8s.io/kubernetes/cmd/kube-controller-manager' },
  'kustomize-controller': { module: 'kustomize-controller', package: 'github.com/fluxcd/kustomize-controller' },
  'helm-controller': { module: 'helm-controller', package: 'github.com/fluxcd/helm-controller' },
  sops: { module: 'sops', package: 'github.com/getsops/sops/v3/cmd/sops' },
  'age-keygen': { module: 'sops', package: 'filippo.io/age/cmd/age-keygen' },
  'image-policy': { module: 'image-policy', package: '.' },
} as const satisfies Readonly<Record<string, Source>>;

export type Program = keyof typeof PROGRAMS;

export class ProgramMissing extends Error {}

/**
 * Builds those of some programs that the user's cache does not have yet, from the Go modules that are pinned here.
 * @throws ProgramMissing where there is no Go to build them with
 */
export async function buildPrograms(scope: Scope, programs: Iterable<Program>): Promise<void> {
  const missing = [...programs].filter((program) => !existsSync(programPath(program)));
  if (missing.length > 0 && spawnSync('go', ['version']).status !== 0) {
    throw new ProgramMissing(`Go is needed, to build ${missing.join(', ')}, and is not installed: https://go.dev/dl, or your system's package "golang"`);
  }
  for (const program of missing) await scope.within((inner) => build(inner, program));
}

/** Where a program is, once it is built. */
export function programPath(program: Program): string {
  const { module } = PROGRAMS[program];
  return join(CACHE, `${module}-${hashOf(join(MODULES, module))}`, program);
}

/** What is pinned for a program, with its version; for one of our own, the library that it is made of. */
export function versionOf(program: Program): string {
  const { module, package: name } = PROGRAMS[program];
  const [first] = requirements(join(MODULES, module)).filter(([required]) => name === '.' || name === required || name.startsWith(`${required}/`));
  return name === '.' ? `${first![0]} ${first![1]}` : `${program} ${first![1]}`;
}

/** The version of a module that the go.mod in a folder pins. */
export function pinnedVersion(folder: string, module: string): string {
  return requirements(folder).find(([required]) => required === module)![1];
}

async function build(scope: Scope, program: Program): Promise<void> {
  const { module, package: name } = PROGRAMS[program];
  const path = programPath(program);
  process.stderr.write(`building ${versionOf(program)}, once\n`);
  mkdirSync(dirname(path), { recursive: true });
  const temporary = mkdtempSync(join(dirname(path), 'build-'));
  scope.defer(() => rmSync(temporary, { recursive: true, force: true }));
  const child = spawn('go', ['build', '-mod=readonly', '-buildvcs=false', '-trimpath', '-ldflags', `-s -w ${versionFlags(program)}`, '-o', join(temporary, program), name], {
    cwd: join(MODULES, module),
    env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const exited = once(child, 'exit');
  scope.defer(async () => {
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGINT')) await exited; // on which Go removes its own
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said = (said + chunk).slice(-2000)));
  await exited;
  if (child.exitCode !== 0) throw new Error(`${program} does not build:\n${said}`);
  renameSync(join(temporary, program), path);
}

/** Kubernetes decides about features by its version, which its own build sets. */
function versionFlags(program: Program): string {
  if (PROGRAMS[program].module !== 'kubernetes') return '';
  const version = versionOf(program).split(' ')[1]!;
  const [major, minor] = version.slice(1).split('.');
  return Object.entries({ gitVersion: version, gitMajor: major, gitMinor: minor, gitTreeState: 'clean' }).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`).join(' ');
}

/** Modules and their versions; of two that hold a package, the longer is the one. */
function requirements(folder: string): [module: string, version: string][] {
  const text = readFileSync(join(folder, 'go.mod'), 'utf8');
  const found = [...text.matchAll(/^(?:require |\t)(\S+) (v\S+)( \/\/ indirect)?$/gm)].map((match): [string, string] => [match[1]!, match[2]!]);
  return found.sort(([a], [b]) => b.length - a.length);
}

function hashOf(folder: string): string {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const file of (readdirSync(folder, { recursive: true }) as string[]).sort()) {
    if (/\.go$|go\.(mod|sum)$/.test(file)) hash.update(`\0${file}\0`).update(readFileSync(join(folder, file)));
  }
  return hash.digest('hex').slice(0, 16);
}
