import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

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
 * The path of a program, built from the Go modules that are pinned here where the user's cache does not have it yet.
 * @throws ProgramMissing where there is no Go to build it with
 */
export function programPath(program: Program): string {
  const { module, package: name } = PROGRAMS[program];
  const folder = join(CACHE, `${module}-${hashOf(join(MODULES, module))}`);
  const path = join(folder, program);
  if (!existsSync(path)) build(program, join(MODULES, module), name, folder);
  return path;
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

function build(program: Program, cwd: string, name: string, folder: string): void {
  if (spawnSync('go', ['version']).status !== 0) {
    throw new ProgramMissing(`Go is needed, to build ${program}, and is not installed: https://go.dev/dl, or your system's package "golang"`);
  }
  process.stderr.write(`building ${versionOf(program)}, once\n`);
  mkdirSync(folder, { recursive: true });
  const temporary = mkdtempSync(join(folder, 'build-'));
  try {
    const { status, stderr } = spawnSync('go', ['build', '-mod=readonly', '-buildvcs=false', '-trimpath', '-ldflags', `-s -w ${versionFlags(program)}`, '-o', join(temporary, program), name], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' },
      maxBuffer: 2 ** 26,
    });
    if (status !== 0) throw new Error(`${program} does not build:\n${stderr.slice(-2000)}`);
    renameSync(join(temporary, program), join(folder, program));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
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
