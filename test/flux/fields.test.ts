import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { fluxKinds, servedVersion, type FluxKind } from '../../src/flux/api-versions';
import { fieldsUnknownTo, newFields } from '../../src/flux/fields';
import type { FluxRelease } from '../../src/flux/releases';
import { describeWith } from '../tools';

test('finds fields, fields of list items and values that came with a later release', () => {
  const spec = { deletionPolicy: 'Orphan', dependsOn: [{ name: 'a' }, { name: 'b', readyExpr: 'true' }], sourceRef: { kind: 'ExternalArtifact', name: 'a' }, wait: true };

  expect(fieldsUnknownTo('2.4', 'Kustomization', spec)).toEqual([
    { path: 'deletionPolicy', since: '2.5' },
    { path: 'dependsOn[1].readyExpr', since: '2.7' },
    { path: 'sourceRef.kind: ExternalArtifact', since: '2.7' },
  ]);
  expect(fieldsUnknownTo('2.6', 'Kustomization', spec).map(({ path }) => path)).toEqual(['dependsOn[1].readyExpr', 'sourceRef.kind: ExternalArtifact']);
  expect(fieldsUnknownTo('2.7', 'Kustomization', spec)).toEqual([]);
});

test('a field that is null or left out is none', () => {
  expect(fieldsUnknownTo('2.0', 'Kustomization', { deletionPolicy: null, ignore: undefined })).toEqual([]);
  expect(fieldsUnknownTo('2.0', 'GitRepository', { provider: 'generic' })).toEqual([{ path: 'provider', since: '2.4' }]);
});

describeWith('shared', 'against the CRDs of three releases', (shared) => {
  const files: readonly (readonly [FluxRelease, string])[] = [
    ['2.1', 'upstream/gotk-components-flux2-gitops.yaml'],
    ['2.4', 'upstream/gotk-components-v2.4.0.yaml'],
    ['2.9', 'crds/flux-2.9.yaml'],
  ];
  const releases = files.map(([release, file]) => [release, crdsIn(join(shared, file))] as const);

  test.each(releases)('each kind is written in the apiVersion that Flux %s serves and stores', (release, crds) => {
    for (const kind of fluxKinds) {
      const crd = crds.get(kind);
      if (crd === undefined) continue; // an optional controller is not installed there
      const stored = crd.versions.find(({ storage }) => storage)!.name;

      expect([kind, servedVersion(kind, release)]).toEqual([kind, `${crd.group}/${stored}`]);
    }
  });

  test.each(releases)('Flux %s knows the listed fields that are no newer, and none that is', (release, crds) => {
    for (const kind of fluxKinds) {
      const crd = crds.get(kind);
      if (crd === undefined) continue;
      const schema = crd.versions.find(({ storage }) => storage)!.schema.openAPIV3Schema.properties['spec']!;
      const known = newFields(kind).filter(([field]) => knows(schema, field)).map(([field]) => field);
      const listed = newFields(kind).filter(([, since]) => Number(since) <= Number(release)).map(([field]) => field);

      expect([kind, known]).toEqual([kind, listed]);
    }
  });
});

interface Schema {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly string[];
}

interface Crd {
  readonly group: string;
  readonly versions: readonly { readonly name: string; readonly storage: boolean; readonly schema: { readonly openAPIV3Schema: Schema } }[];
}

function crdsIn(file: string): ReadonlyMap<FluxKind, Crd> {
  const objects = parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as { kind?: string; spec: Crd & { names: { kind: FluxKind } } } | null);
  return new Map(objects.filter((object) => object?.kind === 'CustomResourceDefinition').map((object) => [object!.spec.names.kind, object!.spec]));
}

function knows(schema: Schema, field: string): boolean {
  const [path, value] = field.split('=') as [string, string?];
  let at: Schema | undefined = schema;
  for (const step of path.split('.')) {
    at = at?.properties?.[step.replace('[]', '')];
    if (step.endsWith('[]')) at = at?.items;
  }
  return at !== undefined && (value === undefined || (at.enum ?? []).includes(value));
}
