import type { File } from '../../src/tree/file';
import { deployment, generated, kustomization, marked, Repository } from './repository';

let repository: Repository;
beforeEach(() => (repository = Repository.create()));
afterEach(() => repository.remove());

const IMAGE = 'ghcr.io/shop/server';
const [D0, D1, D2] = ['0', '1', '2'].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string, string];
const DEPLOYMENT = 'k8s/deployment.yaml';

/** A tag and a digest, with a marker each. */
const parts = (path = 'k8s/pins/kustomization.yaml'): File => generated(path, [
  kustomization({ images: [{ name: IMAGE, newTag: marked('prod-0', 'flux-system:server:tag'), digest: marked(D0, 'flux-system:server:digest') }] }),
]);
const whole = (name = 'server', path = DEPLOYMENT): File => generated(path, [deployment(marked(`${IMAGE}:prod-0`), { name })]);

function bot(path: string, ...[from, to]: readonly (readonly [tag: string, digest: string])[]): void {
  repository.replace(path, from![0], to![0]);
  repository.replace(path, from![1], to![1]);
  repository.commit(`bot: ${to![0]}`);
}

test('a tag and a digest become one image with both', () => {
  repository.publish([parts()]);
  bot('k8s/pins/kustomization.yaml', ['prod-0', D0], ['prod-1', D1]);

  const { notes } = repository.publish([whole()]);

  expect(repository.read(DEPLOYMENT)).toContain(`image: ${IMAGE}:prod-1@${D1} # {"$imagepolicy": "flux-system:server"}\n`);
  expect(notes).toEqual([]);
  expect(repository.publish([whole()]).differs).toBe(false);
});

test('the values of a chart become one image with both', () => {
  const release = (image: unknown): File[] => [generated('k8s/release.yaml', [{ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'server' }, spec: { values: { image } } }])];
  repository.publish(release({ digest: marked(D0, 'flux-system:server:digest'), repository: IMAGE, tag: marked('prod-0', 'flux-system:server:tag') }));
  bot('k8s/release.yaml', ['prod-0', D0], ['prod-1', D1]);

  const { notes } = repository.publish(release(marked(`${IMAGE}:prod-0`)));

  expect(repository.read('k8s/release.yaml')).toContain(`image: ${IMAGE}:prod-1@${D1} # {"$imagepolicy": "flux-system:server"}\n`);
  expect(notes).toEqual([]);
});

test('a whole image goes to a tag and a digest, and back', () => {
  repository.publish([whole()]);
  repository.replace(DEPLOYMENT, ':prod-0', `:prod-1@${D1}`);
  repository.commit('bot');

  repository.publish([parts()]);
  repository.commit('parts');
  repository.publish([whole()]);

  expect(repository.read(DEPLOYMENT)).toContain(`${IMAGE}:prod-1@${D1} #`);
});

test('a new image takes the tag and digest of others whose parts stay, and of a whole one that agrees', () => {
  repository.publish([parts(), whole()]);
  bot('k8s/pins/kustomization.yaml', ['prod-0', D0], ['prod-1', D1]);
  repository.replace(DEPLOYMENT, ':prod-0', `:prod-1@${D1}`);
  repository.commit('bot');

  repository.publish([parts(), whole(), whole('worker', 'k8s/worker.yaml')]);

  expect(repository.read('k8s/worker.yaml')).toContain(`${IMAGE}:prod-1@${D1} #`);
});

test('parts that disagree with others are refused, and the command that settles it keeps the digest', () => {
  repository.publish([parts(), whole()]);
  bot('k8s/pins/kustomization.yaml', ['prod-0', D0], ['prod-1', D1]);
  const next = [whole(), whole('worker', 'k8s/worker.yaml')];

  expect(() => repository.publish(next)).toThrow(
    `pin flux-system:server (k8s/worker.yaml) has several committed values: prod-0 (k8s/deployment.yaml:12), prod-1@${D1} (k8s/pins/kustomization.yaml:6)\n`
    + `  fix: say which: fluxwright synth --pin flux-system:server=prod-1@${D1}`,
  );
  repository.publish(next, { pin: { 'flux-system:server': `prod-1@${D1}` } });
  expect(repository.read('k8s/worker.yaml')).toContain(`${IMAGE}:prod-1@${D1} #`);
});

test('parts that disagree are refused with one value for tag and digest', () => {
  const [one, two, three] = ['one', 'two', 'three'].map((name) => `k8s/${name}/kustomization.yaml`) as [string, string, string];
  repository.publish([parts(one), parts(two)]);
  bot(one, ['prod-0', D0], ['prod-1', D1]);
  bot(two, ['prod-0', D0], ['prod-2', D2]);

  expect(() => repository.publish([parts(one), parts(two), parts(three)])).toThrow(`fix: say which: fluxwright synth --pin flux-system:server=prod-2@${D2}`);
  repository.publish([parts(one), parts(two), parts(three)], { pin: { [three]: `prod-2@${D2}` } });
  expect(repository.read(three)).toMatch(new RegExp(`newTag: prod-2 # .*\\n +digest: ${D2} #`));
});

test('a tag that somebody set in the middle of a merge, where the other name of its image stands, is not lost', () => {
  repository.publish([parts()]);
  repository.commit('parts');
  repository.git('checkout', '--quiet', '-b', 'feature');
  repository.publish([whole()]);
  repository.commit('one image');
  repository.git('checkout', '--quiet', 'main');
  bot('k8s/pins/kustomization.yaml', ['prod-0', D0], ['prod-1', D1]);
  repository.git('checkout', '--quiet', 'feature');
  repository.conflicts('merge', 'main');
  repository.replace('k8s/pins/kustomization.yaml', 'prod-1', 'hotfix-1');
  repository.replace('k8s/pins/kustomization.yaml', D1, D2);

  expect(() => repository.publish([whole()])).toThrow(`has a value of its own on each side of the merge: hotfix-1@${D2} (k8s/pins/kustomization.yaml:6), prod-1@${D1} (the other side`);
});

test.each(['merge', 'rebase'])('a %s of parts that became one image takes tag and digest of the bot', (how) => {
  repository.publish([parts()]);
  repository.commit('parts');
  repository.git('checkout', '--quiet', '-b', 'feature');
  repository.publish([whole()]);
  repository.commit('one image');
  repository.git('checkout', '--quiet', 'main');
  bot('k8s/pins/kustomization.yaml', ['prod-0', D0], ['prod-1', D1]);
  repository.git('checkout', '--quiet', 'feature');
  repository.conflicts(how, 'main');

  const { notes } = repository.publish([whole()]);

  expect(repository.read(DEPLOYMENT)).toContain(`${IMAGE}:prod-1@${D1} #`);
  expect(repository.has('k8s/pins/kustomization.yaml')).toBe(false);
  expect(notes).toEqual([expect.stringMatching(new RegExp(`^pin flux-system:server \\(k8s/deployment.yaml\\): takes prod-1@${D1} from (HEAD|the other side \\([0-9a-f]{7}\\)), over prod-0@${D0}$`))]);
});
