/** The tree has two authors: what the constructs write and what Flux's image automation writes must not undo each other. */
import { join } from 'node:path';
import fc from 'fast-check';
import { readToken, withComment } from '../../src/yaml/comment';
import { withoutEmptyMetadata } from '../../src/yaml/fixed-point';
import { formatMarker, parseMarker, type ImagePart } from '../../src/yaml/marker';
import { describeWith, runBatch, testWith } from '../tools';
import { generated, Repository } from '../publish/repository';
import { canonical } from './canonical';
import { mapOf, data, text } from './nasty-values';

interface Image {
  readonly Name: string;
  readonly Tag: string;
  readonly Digest: string;
}

type Images = Readonly<Record<string, Image>>;

interface Authored {
  readonly files: readonly { readonly path: string; readonly objects: readonly unknown[] }[];
  /** What the bot sets, once and again. */
  readonly images: readonly [Images, Images];
}

const TREES = 1000;
const SEED = Number(process.env['FAST_CHECK_SEED'] ?? 7);
const POLICIES = ['server', 'web', 'worker'];

const tag = fc.oneof(
  fc.constantFrom('prod-1', 'prod-1708014514', '1708014514', '1e5', '1.10', '1.2.3', 'v1.2.3-rc.1', 'yes', 'no', 'on', 'null', 'true', '0755', '0x1F', '1_000', 'latest', 'main-abc123-1708014514', '2024-01-01', '1', 'y'),
  fc.stringMatching(/^[a-z0-9_][a-z0-9_.-]{0,20}$/),
);
const digest = fc.constantFrom('', `sha256:${'0123456789abcdef'.repeat(4)}`, `sha256:${'fedcba9876543210'.repeat(4)}`);
/** A policy chooses from one repository: before, after and later are three tags of it. */
const image = fc.tuple(fc.constantFrom('app', 'registry.example.com/team/app', 'localhost:5000/app', 'ghcr.io/a/b'), fc.array(fc.record({ Tag: tag, Digest: digest }), { minLength: 3, maxLength: 3 }))
  .map(([Name, tags]): Image[] => tags.map((rest) => ({ Name, ...rest })));
const images = fc.record(Object.fromEntries(POLICIES.map((policy) => [policy, image])));
const policy = fc.constantFrom(...POLICIES);
const policies = fc.array(policy, { minLength: 1, maxLength: 3 });
const environment = fc.array(text, { maxLength: 3 });

/** The parts of a tree that are drawn at random; which policy stands where is drawn, too. */
const drawing = fc.record({ images, containers: policies, kustomized: policies, helm: policy, config: policy, postgres: policy, flux: policies, environment, values: mapOf(data), texts: mapOf(text), together: fc.boolean() });

function author(namespace: string, drawn: typeof drawing extends fc.Arbitrary<infer Drawn> ? Drawn : never): Authored {
  const marked = (name: string, part?: ImagePart) => withComment(valueOf(drawn.images[name]![0]!, part), formatMarker({ policy: `${namespace}:${name}`, part }));
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
  const round = (at: number) => Object.fromEntries(Object.entries(drawn.images).map(([name, images]) => [`${namespace}:${name}`, images[at]!]));
  return { files: Object.entries(grouped).map(([name, contents]) => ({ path: `k8s/${namespace}/${name}`, objects: contents })), images: [round(1), round(2)] };
}

function valueOf({ Name, Tag, Digest }: Image, part?: ImagePart): string {
  if (part === 'name') return Name;
  if (part === 'tag') return Tag;
  if (part === 'digest') return Digest;
  return Digest === '' ? `${Name}:${Tag}` : `${Name}:${Tag}@${Digest}`;
}

describeWith('bot', `${TREES} random trees`, (bot) => {
  const repository = Repository.create();
  const trees = fc.sample(drawing, { numRuns: TREES, seed: SEED }).map((drawn, index) => author(`tree-${index}`, drawn));
  const files = trees.flatMap(({ files }) => files.map(({ path, objects }) => generated(path, objects)));

  afterAll(() => repository.remove());

  test('are published once, and then stay as they are', () => {
    repository.publish(files);
    repository.commit('publish');

    expect(repository.publish(files)).toMatchObject({ differs: false, notes: [] });
  });

  describe.each([
    ['other images', 0],
    ['yet others', 1],
  ] as const)('for which the bot sets %s', (_, round) => {
    test('change in the marked scalars alone', () => {
      const before = contents();

      runBot(round);

      const after = contents();
      expect(files.flatMap(({ path, commented }) => linesThatDiffer(before.get(path)!, after.get(path)!, new Set(commented.map(({ line }) => line))))).toEqual([]);
      expect(after).not.toEqual(before);
      repository.commit('bot');
    });

    testWith('reader', 'hold the data that the constructs and the bot say', (reader) => {
      const answers = runBatch<{ data: unknown[] }>(reader, files.map(({ path }) => ({ Bytes: Buffer.from(repository.read(path)).toString('base64') })));
      const expected = trees.flatMap(({ files, images }) => files.map(({ objects }) => canonical(objects.map((object) => withoutEmptyMetadata(withImages(object, images[round]))))));

      expect(files.filter((_, index) => canonical(answers[index]!.data) !== expected[index])).toEqual([]);
    });

    test('are published again without a change', () => {
      const report = repository.publish(files);

      expect(report).toMatchObject({ differs: false, notes: [] });
      expect(repository.status()).toBe('');
    });

    test('stay as they are when the bot comes again', () => {
      runBot(round);

      expect(repository.status()).toBe('');
    });
  });

  function runBot(round: 0 | 1): void {
    const answers = runBatch<{ problems: string[]; error?: string }>(bot, trees.map(({ images }, index) => ({ Directory: join(repository.root, 'k8s', `tree-${index}`), Policies: images[round] })));

    expect(answers.filter(({ problems, error }) => problems.length > 0 || error !== undefined)).toEqual([]);
  }

  function contents(): Map<string, string> {
    return new Map(files.map(({ path }) => [path, repository.read(path)]));
  }
});

function linesThatDiffer(before: string, after: string, except: ReadonlySet<number>): string[] {
  const [old, found] = [before.split('\n'), after.split('\n')];
  return found.length === old.length ? found.filter((line, at) => line !== old[at] && !except.has(at + 1)) : [after];
}

/** Data of constructs with the images in it that the bot sets. */
function withImages(value: unknown, images: Images): unknown {
  if (typeof value === 'string') {
    const { value: plain, comment } = readToken(value);
    const marker = comment === undefined ? undefined : parseMarker(comment);
    return marker === undefined ? plain : valueOf(images[marker.policy]!, marker.part);
  }
  if (Array.isArray(value)) return value.map((item) => withImages(item, images));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withImages(item, images)]));
}
