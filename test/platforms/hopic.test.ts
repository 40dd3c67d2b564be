import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GitopsApp } from 'fluxwright';
import { treeMatchers } from 'fluxwright/testing';
import { parseAllDocuments } from 'yaml';
import { hopic } from '../../platforms/hopic/platform';
import type { HopicOptions } from '../../platforms/hopic/options';
import { ManifestFile } from '../../src/tree/file';
import type { Tree } from '../../src/tree/tree';
import { describeWith } from '../tools';

expect.extend(treeMatchers);

const project = join(__dirname, '..', '..');

interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: Record<string, unknown>;
}

test('writes the committed tree, and the same again', () => {
  const tree = platform();

  const committed = [...tree].filter(({ path }) => existsSync(join(project, path)));
  expect(committed.map(({ path }) => path)).toEqual([...tree.paths()]);
  const different = committed.filter((file) => withoutPins(file.bytes.toString()) !== withoutPins(readFileSync(join(project, file.path), 'utf8')));
  expect(different.map(({ path }) => path)).toEqual([]);
  expect(texts(platform())).toEqual(texts(tree));
});

test('has an owner for each object that Flux applies: no sync file lies in a directory that a Kustomization applies', () => {
  const objects = objectsOf(platform());

  const applied = objects.filter(({ object }) => object.kind === 'Kustomization' && object.apiVersion.startsWith('kustomize.toolkit')).map(({ object }) => (object.spec['path'] as string).replace(/^\.\/|\/$/g, ''));
  const synced = objects.filter(({ path }) => path.endsWith('/sync.yaml')).map(({ path }) => dirname(path));
  const withoutKustomization = applied.filter((path) => !existsSync(join(project, path, 'kustomization.yaml')));
  expect(withoutKustomization).toEqual([]);
  expect(synced.length).toBeGreaterThan(5);
});

test('pins the image of an ephemeral environment in its own file, so that the branch needs no edit', () => {
  const tree = platform({ branches: ['dev-test'] });

  expect((tree.get('k8s/server/ephemeral-instances/dev-test-sync.yaml') as ManifestFile).text).toMatchSnapshot();
});

describeWith('kustomize', 'built by kustomize', (kustomize) => {
  test('production runs three instances of its database, archived to the bucket of its backups', async () => {
    await expect(platform()).toRender('k8s/server/overlays/prod/postgres', {
      'Namespace server': {},
      'Cluster server/cpho-postgres14-cluster': { spec: { instances: 3, backup: { barmanObjectStore: { destinationPath: 'gs://hopic-postgres-backup-01hp04dtnkf' } } } },
    });
  });

  test('every directory with a kustomization.yaml builds, unless it lists a release of upstream', () => {
    const roots = [...platform().paths()].filter((path) => path.endsWith('/kustomization.yaml')).map(dirname);
    const offline = roots.filter((root) => !readFileSync(join(project, root, 'kustomization.yaml'), 'utf8').includes('https://'));

    const failed = offline.flatMap((root) => {
      const { status, stderr } = spawnSync(kustomize, ['build', '--load-restrictor', 'LoadRestrictionsNone', join(project, root)], { encoding: 'utf8' });
      return status === 0 ? [] : [`${root}: ${stderr}`];
    });

    expect(failed).toEqual([]);
    expect(offline.length).toBe(roots.length - 3);
  });
});

describeWith('shared', 'beside the original', (shared) => {
  const directory = mkdtempSync(join(tmpdir(), 'fluxwright-hopic-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  describeWith('kustomize', 'with kustomize', (kustomize) => {
    describeWith('python', 'and Python', (python) => {
      test('renders all 17 roots and the objects in none exactly as the original does', () => {
        execFileSync('npm', ['run', '--silent', 'parity-tree', '--', 'hopic', directory], { cwd: project, stdio: 'pipe' });

        const { stdout } = spawnSync(python, [
          join(shared, 'golden/parity.py'), join(shared, 'golden/cpho-phase2'), directory,
          '--unrooted', '--skip', '^infrastructure$|overlays/(prod|ephemeral)$',
        ], { encoding: 'utf8', env: { ...process.env, KUSTOMIZE: kustomize } });

        expect(stdout.trim()).toBe('roots the same: 18 of 18; objects: same 176, different 0, missing 0, extra 0');
      });

      test('names only versions of Flux objects that the Flux in the parity tree serves', () => {
        const served = new Set(
          parseAllDocuments(readFileSync(join(shared, 'upstream/gotk-components-v2.4.0.yaml'), 'utf8'))
            .map((document) => document.toJS() as { kind?: string; spec: { group: string; names: { kind: string }; versions: { name: string; served: boolean }[] } } | null)
            .flatMap((object) => (object?.kind === 'CustomResourceDefinition' ? object.spec.versions.filter((version) => version.served).map((version) => `${object.spec.group}/${version.name} ${object.spec.names.kind}`) : [])),
        );

        const named = objectsOf(platform(seedsWay(shared))).filter(({ object }) => object.apiVersion.includes('.toolkit.fluxcd.io/')).map(({ object }) => `${object.apiVersion} ${object.kind}`);

        expect(named.length).toBe(18);
        expect([...new Set(named)].filter((kind) => !served.has(kind))).toEqual([]);
      });
    });
  });

  test('makes the environment of a branch the way the original template does', () => {
    const unrooted = JSON.parse(readFileSync(join(shared, 'golden/cpho-phase2/unrooted.json'), 'utf8')) as Record<string, KubernetesObject[]>;
    const template = JSON.parse(JSON.stringify(unrooted['k8s/server/overlays/ephemeral/sync-template.yaml']).replaceAll('${BRANCH_NAME}', 'dev-test')) as KubernetesObject[];

    const made = objectsOf(platform({ ...seedsWay(shared), branches: ['dev-test'] })).filter(({ path }) => path === 'k8s/server/ephemeral-instances/dev-test-sync.yaml');

    expect(made.map(({ object }) => withoutVersion(object)).sort(byName)).toEqual(template.map(withoutVersion).sort(byName));
  });
});

function platform(options: HopicOptions = {}): Tree {
  const app = new GitopsApp({ name: 'hopic', root: project });
  hopic(app, options);
  return app.toTree();
}

/** The state that the original repository is in; its gotk-components are not in this tree. */
function seedsWay(shared: string): HopicOptions {
  return { fluxRelease: '2.4', upstreamFolder: join(shared, 'upstream'), syncByHand: true, ephemeralPin: 'branch' };
}

function objectsOf(tree: Tree): { path: string; object: KubernetesObject }[] {
  return [...tree].flatMap((file) => (file.type === 'manifests' ? file.documents.map(({ object }) => ({ path: file.path, object: object as KubernetesObject })) : [])).filter(({ object }) => object?.kind !== undefined && object.apiVersion !== undefined);
}

function texts(tree: Tree): Record<string, string> {
  return Object.fromEntries([...tree].map((file) => [file.path, file.bytes.toString()]));
}

/** What Flux writes into the committed tree is not the platform's business. */
function withoutPins(text: string): string {
  return text.replace(/^(.*?)\S+( # \{"\$imagepolicy".*)$/gm, '$1$2');
}

function withoutVersion({ apiVersion, ...object }: KubernetesObject): unknown {
  return { ...object, group: apiVersion.split('/')[0] };
}

function byName(a: unknown, b: unknown): number {
  const key = (value: unknown): string => JSON.stringify([(value as KubernetesObject).kind, (value as KubernetesObject).metadata.name]);
  return key(a) < key(b) ? -1 : 1;
}

