import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StructuralSchema } from './structural-schema';

/** Something that is the same in all minors from one to another: `["1.27", "1.33", …]`. */
export type Revision<Content extends readonly unknown[]> = readonly [from: string, to: string, ...content: Content];

/** `schemas/kubernetes/index.json`: which kinds each minor serves, by `group/version/Kind`. */
export interface KubernetesIndex {
  readonly minors: readonly string[];
  readonly kinds: Readonly<Record<string, readonly Revision<[definition: string, scope: Scope]>[]>>;
}

export type Scope = 'Namespaced' | 'Cluster';

/** A file of `schemas/kubernetes`. */
export interface KubernetesDefinitions {
  readonly definitions: Readonly<Record<string, readonly Revision<[StructuralSchema]>[]>>;
}

/** `schemas/custom-resources/index.json`, by `group/Kind`. */
export interface CustomResourceIndex {
  readonly kinds: Readonly<Record<string, { readonly scope: Scope; /** With the release that the schema is of. */ readonly versions: Readonly<Record<string, string>> }>>;
}

/** A file of `schemas/custom-resources`: one kind. */
export interface CustomResourceSchemas {
  readonly versions: Readonly<Record<string, StructuralSchema>>;
  readonly definitions?: Readonly<Record<string, StructuralSchema>>;
}

/** The index of Kubernetes' own kinds. */
export function kubernetesIndex(): KubernetesIndex {
  return read('kubernetes/index.json') as KubernetesIndex;
}

/** The file with the definitions of one API group. */
export function kubernetesDefinitions(file: string): KubernetesDefinitions | undefined {
  return read(`kubernetes/${file}.json`) as KubernetesDefinitions | undefined;
}

export function customResourceIndex(): CustomResourceIndex {
  return read('custom-resources/index.json') as CustomResourceIndex;
}

export function customResourceSchemas(group: string, kind: string): CustomResourceSchemas {
  return read(`custom-resources/${group}/${kind}.json`) as CustomResourceSchemas;
}

const loaded = new Map<string, unknown>();

/** A file that comes with the package, read once; its content is never changed. */
function read(file: string): unknown {
  if (!loaded.has(file)) {
    const path = join(folder(), file);
    loaded.set(file, existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);
  }
  return loaded.get(file);
}

let found: string | undefined;

/** `schemas/` at the top of the package, which is two or three folders up. */
function folder(): string {
  for (let above = __dirname; found === undefined; above = dirname(above)) {
    const candidate = join(above, 'schemas');
    if (existsSync(join(candidate, 'kubernetes', 'index.json'))) found = candidate;
    else if (above === dirname(above)) throw new Error(`the schemas are missing from the package, above ${__dirname}`);
  }
  return found;
}
