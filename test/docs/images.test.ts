import { Base, Cluster, ImagePins, ImagePolicy, ImageRepository, ImageUpdateAutomation, k8s, NamespaceDirectory, Overlay, StrategicMergePatch } from 'fluxwright';
import { testApp } from 'fluxwright/testing';
import { kustomizeBuild } from '../kustomize';
import { testWith } from '../tools';
import { synthInto } from './synth';
import { blocksOf } from './page';
import { Repository } from '../publish/repository';

const page = 'docs/images.md';
const WEB = 'k8s/web/frontend.yaml';
const messages = blocksOf(page, 'text').map(({ text }) => text.trimEnd());

let repository: Repository;
beforeEach(() => (repository = Repository.create()));
afterEach(() => repository.remove());

const synth = (edit: (source: string) => string = (source) => source, options = {}) => synthInto(repository, page, edit, options);
const bot = (from: string, to: string) => {
  repository.replace(WEB, from, to);
  repository.commit('bot');
};
/** Two Deployments with the pin, one of which the bot did not get to. */
const worker = (source: string) => `${source.replace(/deployment\('worker'.*\n/, '')}\ndeployment('worker', policy.pin('ghcr.io/example/web:1.4.2'));`;
const onlyWeb = (source: string) => source.replace(/deployment\('(worker|report)'.*\n/g, '').replace(/const pins = [^]*?\n\n/, '').replace('{ components: [pins] }', '{}');

test('a first synth says where a pin starts', () => {
  expect(synth().notes).toContain(messages[0]);
});

test('a pin that could go on from several values stops the synth with the message shown', () => {
  const both = (source: string) => worker(onlyWeb(source));
  synth(both);
  repository.commit();
  bot('1.4.2', '1.5.0');

  const more = () => synth((source) => `${both(source)}\ndeployment('mailer', policy.pin('ghcr.io/example/web:1.4.2'));`);

  expect(more).toThrow(messages[1]!);
});

test('--reset-pins says what it takes back', () => {
  synth(onlyWeb);
  repository.commit();
  bot('1.4.2', '1.5.0');

  expect(synth(onlyWeb, { resetPins: true }).notes).toContain(messages[2]);
});

test('a tag that both sides of a merge changed stops the synth with the message shown', () => {
  synth(onlyWeb);
  repository.commit();
  repository.git('checkout', '--quiet', '-b', 'feature');
  bot('1.4.2', '1.4.9');
  repository.git('checkout', '--quiet', 'main');
  bot('1.4.2', '1.5.0');
  repository.conflicts('merge', 'feature');

  expect(messageOf(() => synth(onlyWeb)).replace(/\([0-9a-f]{7}\)/, '(abcdef0)')).toBe(messages[3]);
});

test('the changes of code in the table leave the committed tag', () => {
  const changes: readonly ((source: string) => string)[] = [
    (source) => source.replace("metadata: { name },", "metadata: { name, labels: { team: 'shop' } },"),
    (source) => source.replace("deployment('frontend'", "deployment('site'"),
    (source) => source.replace("'web-tags'", "'site-tags'"),
    (source) => source.replace("(cluster, 'web')", "(cluster, 'web', { path: 'site' })"),
    (source) => source.replaceAll('ghcr.io/example/web', 'registry.example.com/web'),
    (source) => source.replace("semver: '>=1.0.0'", "semver: '>=2.0.0'"),
  ];
  for (const change of changes) {
    repository = Repository.create();
    synth(onlyWeb);
    repository.commit();
    bot('1.4.2', '1.5.0');

    const { tree } = synth((source) => change(onlyWeb(source)));

    const pinned = [...tree].flatMap((file) => (file.type === 'manifests' ? [...file.text.matchAll(/image: (\S+) #/g)] : []));
    expect([change.toString(), pinned.map((match) => match[1]!.split(':').at(-1))]).toEqual([change.toString(), ['1.5.0']]);
    repository.remove();
  }
});

test('a pinned image goes along into ImagePins, and back', () => {
  const pinned = (source: string) => onlyWeb(source).replace("policy.pin('ghcr.io/example/web:1.4.2')", "'ghcr.io/example/web'")
    + "\nimport { ImagePins } from 'fluxwright';\nnew ImagePins(web, 'pins', { pins: [{ policy, tag: '1.4.2' }] });";
  synth(onlyWeb);
  repository.commit();
  bot('1.4.2', '1.5.0');

  synth(pinned);
  expect(repository.read('k8s/web/pins/kustomization.yaml')).toContain('newTag: 1.5.0 #');

  repository.commit();
  synth(onlyWeb);
  expect(repository.read(WEB)).toContain('web:1.5.0 #');
});

test('an object that leaves takes its tag along, and a line says which', () => {
  synth(onlyWeb);
  repository.commit();
  bot('1.4.2', '1.5.0');

  const { notes } = synth((source) => onlyWeb(source).replace(/deployment\('frontend'.*\n/, ''));

  expect(notes).toEqual(['pin flux-system:web-tags (k8s/web/frontend.yaml): 1.5.0 leaves the tree']);
});

test('a tree that was deleted comes back with its tag', () => {
  synth(onlyWeb);
  repository.commit();
  bot('1.4.2', '1.5.0');
  repository.removeDirectory('k8s');

  synth(onlyWeb);

  expect(repository.read(WEB)).toContain('web:1.5.0 #');
});

testWith('kustomize', 'what an image is called counts where the component comes to it: before the overlay\'s own patches', (kustomize) => {
  const app = testApp();
  const cluster = new Cluster(app, 'production');
  const source = { kind: 'GitRepository', name: 'flux-system' };
  const directory = new NamespaceDirectory(cluster, 'web');
  const images = new ImageRepository(directory, 'image', { image: 'ghcr.io/example/web' });
  const policy = new ImagePolicy(directory, 'tags', { repository: images, semver: '1.x' });
  new ImageUpdateAutomation(directory, 'updates', { source });
  const pins = new ImagePins(directory, 'pins', { pins: [{ policy, tag: '1.4.2' }] });
  const base = new Base(cluster, 'base');
  const pod = (name: string, image: string) => new k8s.KubePod(base, name, { metadata: { name }, spec: { containers: [{ name: 'web', image }] } });
  pod('named', 'ghcr.io/example/web');
  pod('patched', 'placeholder');
  const overlay = new Overlay(cluster, 'overlay', { bases: [base], components: [pins] });
  new StrategicMergePatch(overlay, 'image', { of: k8s.KubePod, patch: { metadata: { name: 'patched' }, spec: { containers: [{ name: 'web', image: 'ghcr.io/example/web' }] } } });

  const built = kustomizeBuild(kustomize, app, 'k8s/overlay');

  expect([...built.matchAll(/image: (\S+)/g)].map((match) => match[1])).toEqual(['ghcr.io/example/web:1.4.2', 'ghcr.io/example/web']);
});

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
}
