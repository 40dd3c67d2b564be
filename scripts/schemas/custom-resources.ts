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

/** Newest first: a version of a kind comes from the first release that serves it. */
const OLDER = ['../upstream/gotk-components-v2.4.0.yaml', '../upstream/gotk-components-flux2-gitops.yaml'];

/** A file for each kind, so that a project pays for those it uses. What stands in a schema more than once is a definition of that file. */
export function writeCustomResources(target: string, folder: string): void {
  const index: Record<string, { scope: string; versions: Record<string, string> }> = {};
  const schemas: Record<string, Record<string, Schema>> = {};
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml')).sort();
  for (const file of [...files, ...OLDER]) {
    for (const { kind, spec } of definitionsIn(join(folder, file))) {
      if (kind !== 'CustomResourceDefinition') continue;
      const name = `${spec.group}/${spec.names.kind}`;
      const { versions } = (index[name] ??= { scope: spec.scope, versions: {} });
      for (const version of spec.versions) {
        if (!version.served || versions[version.name] !== undefined) continue;
        versions[version.name] = projectOf(file);
        (schemas[name] ??= {})[version.name] = withoutStatus(compactSchema(version.schema?.openAPIV3Schema ?? {}, false));
      }
    }
  }

  // no source at hand has v2beta2, which Flux 2.2 to 2.7 serve: it has the fields of its neighbours
  const helmRelease = 'helm.toolkit.fluxcd.io/HelmRelease';
  schemas[helmRelease]!['v2beta2'] = unionOf(schemas[helmRelease]!['v2beta1']!, schemas[helmRelease]!['v2']!);
  index[helmRelease]!.versions['v2beta2'] = 'flux 2.2 to 2.7';

  rmSync(target, { recursive: true, force: true });
  for (const [name, versions] of Object.entries(schemas)) {
    mkdirSync(join(target, name, '..'), { recursive: true });
    writeLines(join(target, `${name}.json`), shareRepeated(versions));
  }
  writeLines(join(target, 'index.json'), { kinds: index });
}

/** `cnpg-1.27.0.yaml` → `cnpg 1.27.0` */
function projectOf(file: string): string {
  if (file.includes('gotk-components')) return file.includes('2.4.0') ? 'flux 2.4' : 'flux 2.1';
  return file.replace(/\.yaml$/, '').replace(/-(?=\d)/, ' ');
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

/** A schema that takes what one of two takes. */
function unionOf(older: Schema, newer: Schema): Schema {
  const [before, after] = [older['properties'], newer['properties']] as (Record<string, Schema> | undefined)[];
  const items = older['items'] !== undefined && newer['items'] !== undefined ? { items: unionOf(older['items'] as Schema, newer['items'] as Schema) } : {};
  const required = ((newer['required'] ?? []) as string[]).filter((name) => ((older['required'] ?? []) as string[]).includes(name));
  const { 'x-kubernetes-validations': _, required: __, ...rest } = newer;
  if (before === undefined || after === undefined) return { ...rest, ...items };
  const properties = Object.fromEntries([...new Set([...Object.keys(before), ...Object.keys(after)])].sort().map((name) => [name, before[name] === undefined ? after[name]! : after[name] === undefined ? before[name] : unionOf(before[name], after[name])]));
  return { ...rest, ...items, properties, ...(required.length > 0 ? { required } : {}) };
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
