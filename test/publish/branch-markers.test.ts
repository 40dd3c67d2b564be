import type { File } from '../../src/tree/file';
import { deployment, generated, marked, Repository } from './repository';

let repository: Repository;
const [EPHEMERAL, PROD] = ['k8s/ephemeral/server.yaml', 'k8s/prod/server.yaml'] as const;
const OWN = '{"$imagepolicy": "flux-system:server"}';
const OF_BRANCH = '{"$imagepolicy": "flux-system:dev-server", "$imagepolicy-in-branch": "dev"}';

const tree = (replicas = 1): File[] => [EPHEMERAL, PROD].map((path) => generated(path, [deployment(marked('ghcr.io/s:prod-1', 'flux-system:server'), { replicas })]));
const image = (path: string = EPHEMERAL) => /image: ghcr.io\/s:(.*)/.exec(repository.read(path))![1];
/** What Flux commits to main and to the branch. */
const bot = (path: string, from: string, to: string) => {
  repository.replace(path, from, to);
  repository.commit('bot');
};

beforeEach(() => {
  repository = Repository.create();
  repository.publish(tree());
  bot(PROD, 'prod-1', 'prod-2');
  repository.git('checkout', '--quiet', '-b', 'dev');
  repository.replace(EPHEMERAL, OWN, OF_BRANCH);
  bot(EPHEMERAL, 'prod-1', 'dev-7');
});
afterEach(() => repository.remove());

const toMain = (...merge: string[]) => {
  repository.git('checkout', '--quiet', 'main');
  repository.git(...merge);
};

test('a marker of the branch stays in the branch, through synths, moves and merges of main', () => {
  expect(repository.publish(tree()).differs).toBe(false);
  repository.publish(tree(3));
  expect(image()).toBe(`dev-7 # ${OF_BRANCH}`);
  repository.commit();

  repository.git('checkout', '--quiet', 'main');
  bot(EPHEMERAL, 'prod-1', 'prod-3');
  repository.git('checkout', '--quiet', 'dev');
  repository.conflicts('merge', '--quiet', 'main');
  repository.publish(tree(3));
  expect(image()).toBe(`dev-7 # ${OF_BRANCH}`);
  repository.commit();
  expect(repository.publish(tree(3)).differs).toBe(false);
});

test('in CI, which checks out the commit and not the branch, it stays, too', () => {
  repository.git('checkout', '--quiet', '--detach');

  expect(repository.publish(tree(), { check: true }).differs).toBe(false);
});

test('a rebase of the branch keeps it', () => {
  repository.git('checkout', '--quiet', 'main');
  bot(EPHEMERAL, 'prod-1', 'prod-3');
  repository.git('checkout', '--quiet', 'dev');
  repository.conflicts('rebase', '--quiet', 'main');

  repository.publish(tree());

  expect(image()).toBe(`dev-7 # ${OF_BRANCH}`);
});

test.each([
  ['a merge', ['merge', '--quiet', '--no-ff', '--no-edit', 'dev']],
  ['a merge that is a fast-forward', ['merge', '--quiet', '--ff-only', 'dev']],
])('%s does not bring it to main: the tag there is that of its own policy', (_, merge) => {
  toMain(...merge);
  expect(image()).toBe(`dev-7 # ${OF_BRANCH}`);

  const { notes } = repository.publish(tree());

  expect(notes).toContain('pin flux-system:dev-server (k8s/ephemeral/server.yaml): dev-7 and its marker belong to the branch dev, and stay there');
  expect(image(PROD)).toBe(`prod-2 # ${OWN}`);
  expect(image()).toBe(`prod-1 # ${OWN}`);
  repository.commit();
  expect(repository.publish(tree())).toMatchObject({ differs: false });
});

test('a squash does not bring it to main, committed or not', () => {
  toMain('merge', '--quiet', '--squash', 'dev');
  repository.publish(tree());
  expect(image()).toBe(`prod-1 # ${OWN}`);

  repository.git('reset', '--quiet', '--hard');
  repository.git('merge', '--quiet', '--squash', 'dev');
  repository.commit('squashed');
  repository.publish(tree());
  expect(image()).toBe(`prod-1 # ${OWN}`);
});

test('where main has another tag by then, the merge stops and a synth takes that of main', () => {
  repository.git('checkout', '--quiet', 'main');
  bot(EPHEMERAL, 'prod-1', 'prod-3');
  repository.conflicts('merge', '--quiet', 'dev');

  repository.publish(tree());

  expect(image()).toBe(`prod-3 # ${OWN}`);
  repository.commit();
  expect(repository.publish(tree()).differs).toBe(false);
});
