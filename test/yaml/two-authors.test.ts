/** The tree has two authors: what the constructs write and what Flux's image automation writes must not undo each other. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { ManifestFile } from '../../src/tree/file';
import { generatedHeader } from '../../src/tree/header';
import { withComment } from '../../src/yaml/comment';
import { formatMarker, parseMarker, type ImagePart } from '../../src/yaml/marker';
import { readDocuments } from '../../src/yaml/read';
import { describeWith, runBatch } from '../tools';
import { canonical } from './canonical';
import { data, mapOf, text } from './nasty-values';

interface Image {
  readonly Name: string;
  readonly Tag: string;
  readonly Digest: string;
}

interface Authored {
  readonly files: readonly ManifestFile[];
  /** What the bot sets, once and again. */
  readonly images: readonly [Readonly<Record<string, Image>>, Readonly<Record<string, Image>>];
}

const TREES = 1000;
const SEED = Number(process.env['FAST_CHECK_SEED'] ?? 7);
const POLICIES = ['server', 'web', 'worker'];

const tag = fc.oneof(
  fc.constantFrom('prod-1', 'prod-1708014514', '1708014514', '1e5', '1.10', '1.2.3', 'v1.2.3-rc.1', 'yes', 'no', 'on', 'null', 'true', '0755', '0x1F', '1_000', 'latest', 'main-abc123-1708014514', '2024-01-01', '1', 'y'),
  fc.stringMatching(/^[a-z0-9_][a-z0-9_.-]{0,20}$/),
);
const image: fc.Arbitrary<Image> = fc.record({
  Name: fc.constantFrom('app', 'registry.example.com/team/app', 'localhost:5000/app', 'ghcr.io/a/b'),
  Tag: tag,
  Digest: fc.constantFrom('', `sha256:${'0123456789abcdef'.repeat(4)}`),
});
const images = fc.record(Object.fromEntries(POLICIES.map((policy) => [policy, image])));
const policy = fc.constantFrom(...POLICIES);
const policies = fc.array(policy, { minLength: 1, maxLength: 3 });
const environment = fc.array(text, { maxLength: 3 });

/** The parts of a tree that are drawn at random; which policy stands where is drawn, too. */
const drawing = fc.record({ before: images, after: images, later: images, containers: policies, kustomized: policies, helm: policy, config: policy, postgres: policy, flux: policies, environment, values: mapOf(data), texts: mapOf(text), together: fc.boolean() });

function author(namespace: string, drawn: typeof drawing extends fc.Arbitrary<infer Drawn> ? Drawn : never): Authored {
  const marked = (name: string, part?: ImagePart) => withComment(valueOf(drawn.before[name]!, part), formatMarker({ policy: `${namespace}:${name}`, part }));
  const objects: Record<string, unknown[]> = {
    'deployment.yaml': [
      {
        apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'app', namespace, annotations: drawn.texts },
        spec: { template: { spec: { containers: drawn.containers.map((name, at) => ({ name: `c${at}`, image: marked(name), args: drawn.environment, env: drawn.environment.map((value) => ({ name: 'A', value })) })) } } },
      },
    ],
    'kustomization.yaml': [
      { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: ['deployment.yaml'], images: drawn.kustomized.map((name, at) => ({ name: `image${at}`, newName: marked(name, 'name'), newTag: marked(name, 'tag') })) },
    ],
    'helm.yaml': [
      { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'app', namespace }, spec: { values: { ...drawn.values, image: { repository: marked(drawn.helm, 'name'), tag: marked(drawn.helm, 'tag'), digest: marked(drawn.helm, 'digest') } } } },
    ],
    'config.yaml': [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', namespace, annotations: {} }, data: { ...drawn.texts, IMAGE: marked(drawn.config), script: drawn.environment.join('\n') } }],
    'postgres.yaml': [{ apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: { name: 'pg', namespace }, spec: { imageName: marked(drawn.postgres), instances: 3, postgresql: { parameters: drawn.texts } } }],
    'sync.yaml': [
      { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'app', namespace }, spec: { images: drawn.flux.map((name, at) => ({ name: `image${at}`, newTag: marked(name, 'tag') })), patches: drawn.environment.map((patch) => ({ patch })) } },
    ],
  };
  const grouped = drawn.together ? { 'all.yaml': Object.values(objects).flat() } : objects;
  const scoped = (images: Record<string, Image>) => Object.fromEntries(Object.entries(images).map(([name, value]) => [`${namespace}:${name}`, value]));
  return {
    files: Object.entries(grouped).map(([name, contents]) => ManifestFile.fromObjects(`${namespace}/${name}`, contents, [generatedHeader('test', `${namespace}/${name}`)])),
    images: [scoped(drawn.after), scoped(drawn.later)],
  };
}

function valueOf({ Name, Tag, Digest }: Image, part?: ImagePart): string {
  if (part === 'name') return Name;
  if (part === 'tag') return Tag;
  if (part === 'digest') return Digest;
  return Digest === '' ? `${Name}:${Tag}` : `${Name}:${Tag}@${Digest}`;
}

describeWith('bot', `${TREES} random trees`, (bot) => {
  const root = mkdtempSync(join(tmpdir(), 'fluxwright-authors-'));
  const trees = fc.sample(drawing, { numRuns: TREES, seed: SEED }).map((drawn, index) => author(`tree-${index}`, drawn));
  const files = trees.flatMap(({ files }) => files);

  beforeAll(() => files.forEach((file) => write(file.path, file.text)));
  afterAll(() => rmSync(root, { recursive: true }));

  test('change in the marked scalars alone when the bot sets other images', () => {
    runBot(0);

    expectOnlyMarkedScalarsDiffer(0);
  });

  test('stay as they are when the bot comes again with the same images', () => {
    const before = files.map(({ path }) => read(path));

    runBot(0);

    expect(files.filter(({ path }, index) => read(path) !== before[index])).toEqual([]);
  });

  test('change in the marked scalars alone when the bot sets yet others', () => {
    runBot(1);

    expectOnlyMarkedScalarsDiffer(1);
  });

  function runBot(round: 0 | 1): void {
    const answers = runBatch<{ problems: string[]; error?: string }>(bot, trees.map(({ images }, index) => ({ Directory: join(root, `tree-${index}`), Policies: images[round] })));
    expect(answers.filter(({ problems, error }) => problems.length > 0 || error !== undefined)).toEqual([]);
  }

  function expectOnlyMarkedScalarsDiffer(round: 0 | 1): void {
    trees.forEach(({ files, images }) => {
      for (const { path, text, commented } of files) {
        const [own, found] = [text.split('\n'), read(path).split('\n')];
        const marked = new Set(commented.map(({ line }) => line));
        expect(found.filter((line, at) => line !== own[at] && !marked.has(at + 1))).toEqual([]);
        expect(found.length).toBe(own.length);

        const after = readDocuments(read(path), path);
        expect(after.commented.map(({ comment, path, document }) => ({ comment, path, document }))).toEqual(commented.map(({ comment, path, document }) => ({ comment, path, document })));
        for (const { comment, value } of after.commented) {
          const marker = parseMarker(comment)!;
          expect(value).toBe(valueOf(images[round][marker.policy]!, marker.part));
        }
        expect(canonical(onlyStrings(after.documents))).toBe(canonical(onlyStrings(readDocuments(text, path).documents)));
      }
    });
  }

  /** Data with every marked place emptied is hard to compare; the types of all leaves are not. */
  function onlyStrings(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(onlyStrings);
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, onlyStrings(item)]));
    return value === null ? null : typeof value;
  }

  function write(path: string, content: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }

  function read(path: string): string {
    return readFileSync(join(root, path), 'utf8');
  }
});
