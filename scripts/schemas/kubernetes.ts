import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compactDefinition, referencesOf, type Schema } from './compact';
import { readEnums } from './kubernetes-enums';
import { kubernetesSources, type KubernetesSource } from './kubernetes-sources';
import { writeLines } from './write-lines';

/** From which minor to which one something is the same. */
interface Revision<Content> {
  from: string;
  to: string;
  content: Content;
}

type Kind = readonly [definition: string, scope: 'Namespaced' | 'Cluster'];

/**
 * One file for each API group, a line for each definition: `name → [[from, to, schema], …]`, where a minor at which nothing
 * changed adds nothing. `index.json` says which kinds each minor serves.
 */
export function writeKubernetes(target: string, folder: string | undefined): void {
  const minors: string[] = [];
  const kinds = new Map<string, Revision<Kind>[]>();
  const definitions = new Map<string, Revision<Schema>[]>();
  for (const source of kubernetesSources(folder)) {
    const previous = minors.at(-1);
    minors.push(source.minor);
    const served = kindsOf(source);
    for (const [name, kind] of served) append(kinds, name, source.minor, previous, kind);
    for (const [name, schema] of definitionsOf(source, [...served.values()].map(([definition]) => definition))) append(definitions, name, source.minor, previous, schema);
  }

  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const file of new Set([...definitions.keys()].map(fileOf))) {
    const entries = [...definitions].filter(([name]) => fileOf(name) === file);
    writeLines(join(target, file), { definitions: Object.fromEntries(entries.map(([name, revisions]) => [name, revisions.map(({ from, to, content }) => [from, to, content])])) });
  }
  writeLines(join(target, 'index.json'), { minors, kinds: Object.fromEntries([...kinds].map(([name, revisions]) => [name, revisions.map(({ from, to, content }) => [from, to, ...content])])) });
}

/** The kinds that can be created, as `group/version/Kind`; the core group's name is empty. */
function kindsOf({ documents }: KubernetesSource): Map<string, Kind> {
  const found = new Map<string, Kind>();
  for (const { paths, components } of documents.values()) {
    for (const [path, methods] of Object.entries(paths)) {
      const gvk = methods['post']?.['x-kubernetes-group-version-kind'];
      if (gvk === undefined || path.includes('{name}')) continue;
      const definition = Object.entries(components?.schemas ?? {}).find(([, schema]) => isOf(schema, gvk));
      if (definition !== undefined) found.set(`${gvk.group}/${gvk.version}/${gvk.kind}`, [definition[0], path.includes('/{namespace}/') ? 'Namespaced' : 'Cluster']);
    }
  }
  return found;
}

function isOf(schema: Record<string, unknown>, { group, version, kind }: { group: string; version: string; kind: string }): boolean {
  const all = schema['x-kubernetes-group-version-kind'] as { group: string; version: string; kind: string }[] | undefined;
  return all?.length === 1 && all[0]!.group === group && all[0]!.version === version && all[0]!.kind === kind;
}

function definitionsOf({ documents, generated }: KubernetesSource, wanted: string[]): Map<string, Schema> {
  const all = new Map([...documents.values()].flatMap(({ components }) => Object.entries(components?.schemas ?? {})));
  const enums = readEnums(generated);
  const found = new Map<string, Schema>();
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (found.has(name)) continue;
    const schema = compactDefinition(name, all.get(name)!, enums.get(name));
    found.set(name, schema);
    wanted.push(...referencesOf(schema));
  }
  return found;
}

function append<Content>(revisions: Map<string, Revision<Content>[]>, name: string, minor: string, previous: string | undefined, content: Content): void {
  const known = revisions.get(name) ?? [];
  revisions.set(name, known);
  const last = known.at(-1);
  if (last !== undefined && last.to === previous && JSON.stringify(last.content) === JSON.stringify(content)) last.to = minor;
  else known.push({ from: minor, to: minor, content });
}

/** `io.k8s.api.apps.v1.Deployment` lies in apps.json; what all groups share in meta.json. */
function fileOf(definition: string): string {
  const group = /^io\.k8s\.api\.([a-z]+)\./.exec(definition)?.[1] ?? /\.apis\.([a-z]+)\./.exec(definition)?.[1] ?? 'meta';
  return `${group}.json`;
}
