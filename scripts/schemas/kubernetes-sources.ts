/** Where the OpenAPI documents of Kubernetes come from: its Go module, one patch release of each minor. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The newest patch release of each minor that the module proxy has. */
const RELEASES = ['1.27.16', '1.28.15', '1.29.6', '1.30.14', '1.31.14', '1.32.13', '1.33.13', '1.34.4', '1.35.4', '1.36.3', '1.37.0'];

export interface KubernetesSource {
  readonly minor: string;
  /** The documents of `api/openapi-spec/v3`, by file name. */
  readonly documents: ReadonlyMap<string, OpenApiDocument>;
  /** The Go code that the documents are made with; it knows the enums, which they leave out. */
  readonly generated: string;
}

export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly 'x-kubernetes-group-version-kind'?: GroupVersionKind }>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Record<string, unknown>>> };
}

export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** Every release, oldest first; only one of them is on the disk at a time. */
export function* kubernetesSources(folder: string | undefined): Generator<KubernetesSource> {
  for (const release of RELEASES) {
    const minor = release.split('.').slice(0, 2).join('.');
    if (folder !== undefined) {
      yield read(minor, join(folder, minor, 'openapi-spec/v3'), join(folder, minor, 'zz_generated.openapi.go'));
      continue;
    }
    const cache = mkdtempSync(join(tmpdir(), 'fluxwright-schemas-'));
    const env = { ...process.env, GOMODCACHE: cache, GOFLAGS: '-modcacherw' };
    const { Dir } = JSON.parse(execFileSync('go', ['mod', 'download', '-json', `k8s.io/kubernetes@v${release}`], { cwd: cache, env, encoding: 'utf8' })) as { Dir: string };
    yield read(minor, join(Dir, 'api/openapi-spec/v3'), join(Dir, 'pkg/generated/openapi/zz_generated.openapi.go'));
    rmSync(cache, { recursive: true });
  }
}

function read(minor: string, folder: string, generated: string): KubernetesSource {
  const files = readdirSync(folder).filter((name) => name.startsWith('api') && name.endsWith('.json')).sort();
  const documents = new Map(files.map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as OpenApiDocument]));
  return { minor, documents, generated: readFileSync(generated, 'utf8') };
}
