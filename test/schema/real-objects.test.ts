import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { SchemaSet } from '../../src/schema/schema-set';
import { testWith } from '../tools';

interface Rendered {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/**
 * What kustomize makes of every root of fifteen repositories. A real API server of 1.35 gave the same verdict on each of
 * these objects, with the same CRDs: what stands here was refused there, and nothing else was but what SOPS or variables left.
 */
testWith('shared', 'of what real repositories hold, what a real API server refuses is found, and nothing else', (shared) => {
  const findings = new Set<string>();
  for (const [repository, objects] of repositoriesBelow(shared)) {
    const set = new SchemaSet({ kubernetes: '1.35', crds: objects.filter(({ kind }) => kind === 'CustomResourceDefinition') });
    for (const object of objects) {
      for (const { message } of set.validate(object, { isOpaque: (text) => text.includes('${') })) findings.add(`${repository}: ${object.kind} ${object.metadata.name}: ${message}`);
    }
    expect([...set.skippedRules]).toEqual([]);
  }

  // one repository leaves interval and prune to the patches of a parent
  const added = [...findings].filter((finding) => /^xunholy.*: Kustomization \S+: spec\.(interval|prune) is missing/.test(finding));
  expect(added).toHaveLength(ADDED_BY_PATCHES);
  expect([...findings].filter((finding) => !added.includes(finding)).sort()).toMatchSnapshot();
});

const ADDED_BY_PATCHES = 118;

function repositoriesBelow(shared: string): [string, Rendered[]][] {
  return ['repos/golden', 'golden'].flatMap((top) => readdirSync(join(shared, top)).filter((name) => existsSync(join(shared, top, name, 'index.json'))).map((name): [string, Rendered[]] => {
    const folder = join(shared, top, name);
    const roots = readdirSync(folder).filter((file) => file.endsWith('.json.gz')).sort();
    return [name, roots.flatMap((file) => Object.values(JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString()) as Record<string, Rendered | Rendered[]>).flat())];
  }));
}
