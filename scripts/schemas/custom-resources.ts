import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { goTags } from '../../src/yaml/go-tags';
import { compactSchema, type Schema } from './compact';
import { writeLines } from './write-lines';

interface CustomResourceDefinition {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean; readonly schema?: { readonly openAPIV3Schema?: Schema } }[];
  };
}

/** A file for each kind, so that a project pays for those it uses. What stands in a schema more than once is a definition of that file. */
export function writeCustomResources(target: string, folder: string): void {
  const index: Record<string, unknown> = {};
  rmSync(target, { recursive: true, force: true });
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml')).sort()) {
    const project = file.replace(/\.yaml$/, '').replace(/-(?=\d)/, ' ');
    for (const { kind, spec } of definitionsIn(join(folder, file))) {
      if (kind !== 'CustomResourceDefinition') continue;
      const versions = spec.versions.filter(({ served }) => served);
      index[`${spec.group}/${spec.names.kind}`] = { project, scope: spec.scope, versions: versions.map(({ name }) => name) };
      const schemas = Object.fromEntries(versions.map(({ name, schema }) => [name, withoutStatus(compactSchema(schema?.openAPIV3Schema ?? {}, false))]));
      mkdirSync(join(target, spec.group), { recursive: true });
      writeLines(join(target, spec.group, `${spec.names.kind}.json`), shareRepeated(schemas));
    }
  }
  writeLines(join(target, 'index.json'), { kinds: index });
}

function definitionsIn(file: string): CustomResourceDefinition[] {
  // two scalars of Flagger's CRDs continue at the column of their key, which go-yaml reads
  const text = readFileSync(file, 'utf8');
  return parseAllDocuments(text, { version: '1.2', merge: true, customTags: goTags }).map((document) => document.toJS() as CustomResourceDefinition | null).filter((crd) => crd !== null);
}

/** Nobody commits a status, and it is half of some schemas. */
function withoutStatus(schema: Schema): Schema {
  const properties = schema['properties'] as Record<string, Schema> | undefined;
  if (properties?.['status'] === undefined) return schema;
  return { ...schema, properties: { ...properties, status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } };
}

/** Long enough to be worth a reference. */
const WORTH = 200;

function shareRepeated(versions: Record<string, Schema>): { versions: Record<string, Schema>; definitions: Record<string, Schema> } {
  const counts = new Map<string, number>();
  const count = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const text = JSON.stringify(value);
    if (text.length < WORTH) return;
    const seen = counts.get(text) ?? 0;
    counts.set(text, seen + 1);
    if (seen === 0) for (const each of Object.values(value)) count(each);
  };
  count(versions);

  const definitions: Record<string, Schema> = {};
  const share = (schema: Schema): Schema => {
    const text = JSON.stringify(schema);
    if (text.length < WORTH || (counts.get(text) ?? 0) < 2) return walk(schema);
    const name = createHash('sha256').update(text).digest('hex').slice(0, 8);
    definitions[name] ??= walk(schema);
    return { $ref: name };
  };
  const walk = (schema: Schema): Schema => Object.fromEntries(Object.entries(schema).map(([key, value]) => {
    if (key === 'properties') return [key, Object.fromEntries(Object.entries(value as Record<string, Schema>).map(([name, property]) => [name, share(property)]))];
    if (key === 'items' || (key === 'additionalProperties' && typeof value === 'object')) return [key, share(value as Schema)];
    return [key, value];
  }));
  return { versions: Object.fromEntries(Object.entries(versions).map(([name, schema]) => [name, walk(schema)])), definitions };
}
