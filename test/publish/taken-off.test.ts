import type { File } from '../../src/tree/file';
import { configMap, deployment, generated, marked, Repository } from './repository';

let repository: Repository;
beforeEach(() => (repository = Repository.create()));
afterEach(() => repository.remove());

const IMAGE = 'ghcr.io/shop/server';
const [OLD, NEW] = ['k8s/server/deployment.yaml', 'k8s/api/deployment.yaml'];
const followed = (tag = 'prod-1'): File[] => [generated(OLD, [deployment(marked(`${IMAGE}:${tag}`))])];
/** In another file, with so much beside it that Git sees no renamed file. */
const movedTo = (image: string): File[] => [generated(NEW, [deployment(image), configMap('api', Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`key-${index}`, `value ${index}`])))])];
const takenOff = (tag: string): File[] => movedTo(`${IMAGE}:${tag}`);
const imageIn = (path: string): string => /image: (.*)/.exec(repository.read(path))![1]!;

function bot(from: string, to: string): void {
  repository.replace(OLD, from, to);
  repository.commit(`bot: ${to}`);
}

/** A branch takes the marker off, moves the object and names prod-9, while the bot commits prod-2 to the old file. */
function meanwhile(move: () => void): void {
  repository.publish(followed());
  repository.commit('synth');
  repository.git('checkout', '--quiet', '-b', 'feature');
  move();
  repository.commit('move');
  repository.git('checkout', '--quiet', 'main');
  bot('prod-1', 'prod-2');
}
const takeOff = (): void => {
  repository.publish(takenOff('prod-1'));
  repository.publish(takenOff('prod-9'));
};
const WAYS: Record<string, () => void> = {
  'a merge of main': () => {
    repository.git('checkout', '--quiet', 'feature');
    repository.conflicts('merge', 'main');
  },
  'a merge into main': () => repository.conflicts('merge', 'feature'),
  'a rebase': () => {
    repository.git('checkout', '--quiet', 'feature');
    repository.conflicts('rebase', 'main');
  },
  'a cherry-pick': () => repository.conflicts('cherry-pick', 'feature'),
  'a squash': () => repository.conflicts('merge', '--squash', 'feature'),
};
const inConflict: [how: string, old: string, tag: string][] = [
  ['a merge of main', 'left', 'prod-2'], ['a merge of main', 'deleted', 'prod-9'], ['a merge into main', 'left', 'prod-9'], ['a merge into main', 'deleted', 'prod-2'],
  ['a rebase', 'left', 'prod-2'], ['a rebase', 'deleted', 'prod-9'], ['a cherry-pick', 'left', 'prod-9'], ['a cherry-pick', 'deleted', 'prod-2'], ['a squash', 'left', 'prod-2'], ['a squash', 'deleted', 'prod-9'],
];

test.each(inConflict)('%s of a move that takes the marker off, with the old file %s, is refused with both values until --pin says %s', (how, old, tag) => {
  meanwhile(takeOff);
  WAYS[how]!();
  if (old === 'deleted') repository.git('rm', '--quiet', OLD);

  expect(() => repository.publish(takenOff('prod-9'))).toThrow(/^pin flux-system:server \(k8s\/api\/deployment.yaml\) has a value of its own on each side of the merge: .*\n {2}fix: say which: fluxwright synth --pin flux-system:server=prod-[29]$/);
  expect(imageIn(NEW)).toBe(`${IMAGE}:prod-9`);

  const { deleted } = repository.publish(takenOff('prod-9'), { pin: { 'flux-system:server': tag } });
  expect(imageIn(NEW)).toBe(tag === 'prod-9' ? `${IMAGE}:prod-9` : `${IMAGE}:prod-2 # {"$held": "${IMAGE}:prod-9", "$imagepolicy-held": "flux-system:server"}`);
  expect(deleted).toEqual(old === 'deleted' ? [] : [OLD]);
  expect(repository.publish(takenOff('prod-9')).differs).toBe(false);
  repository.git('add', '--all');
  expect(repository.publish(takenOff('prod-9')).differs).toBe(false);
});

test('a stash whose conflict was resolved by deleting the old file takes what code names, and says loudly over what and how to take that', () => {
  repository.publish(followed());
  repository.commit('synth');
  takeOff();
  repository.git('add', '--all');
  repository.git('stash', '--quiet');
  bot('prod-1', 'prod-2');
  repository.conflicts('stash', 'pop');
  repository.git('rm', '--quiet', OLD);

  expect(repository.publish(takenOff('prod-9')).notes).toEqual([
    'warning: pin flux-system:server (k8s/api/deployment.yaml): prod-9 from code, while HEAD has prod-2 in k8s/server/deployment.yaml:12, which goes; to take that: fluxwright synth --pin flux-system:server=prod-2',
  ]);

  repository.publish(takenOff('prod-9'), { pin: { 'flux-system:server': 'prod-2' } });
  expect(imageIn(NEW)).toBe(`${IMAGE}:prod-2 # {"$held": "${IMAGE}:prod-9", "$imagepolicy-held": "flux-system:server"}`);
  expect(repository.publish(takenOff('prod-9'))).toMatchObject({ differs: false, notes: [] });
});

test('a move that keeps its marker and sets a tag is refused, too, where the bot set another in the old file and somebody deleted that', () => {
  const moved = movedTo(marked(`${IMAGE}:prod-1`));
  meanwhile(() => {
    repository.publish(moved);
    repository.replace(NEW, 'prod-1', 'hotfix-1');
  });
  WAYS['a merge of main']!();
  repository.git('rm', '--quiet', OLD);

  expect(() => repository.publish(moved)).toThrow(/has a value of its own on each side of the merge: hotfix-1 \(k8s\/api\/deployment.yaml:12, HEAD\), prod-2 \(the other side \([0-9a-f]{7}\)\)/);

  repository.publish(moved, { pin: { [NEW]: 'hotfix-1' } });
  expect(repository.publish(moved)).toMatchObject({ differs: false, notes: [] });
  expect(imageIn(NEW)).toContain('hotfix-1 #');
});

test('a patch of the same object in another overlay takes no part, though a merge deletes the one with the marker', () => {
  const patches = (...stages: string[]): File[] => stages.map((stage) => generated(`k8s/${stage}/patch.yaml`, [deployment(stage === 'prod' ? `${IMAGE}:v1` : marked(`${IMAGE}:v1`))]));
  repository.publish(patches('stage', 'prod'));
  repository.commit('synth');
  repository.git('checkout', '--quiet', '-b', 'feature');
  repository.publish(patches('prod'));
  repository.commit('no stage');
  repository.git('checkout', '--quiet', 'main');
  repository.replace('k8s/stage/patch.yaml', ':v1', ':v2');
  repository.commit('bot');
  repository.git('checkout', '--quiet', 'feature');
  repository.conflicts('merge', 'main');

  const { notes } = repository.publish(patches('prod'));

  expect(imageIn('k8s/prod/patch.yaml')).toBe(`${IMAGE}:v1`);
  expect(notes).toEqual(['pin flux-system:server (k8s/stage/patch.yaml): v2 leaves the tree']);
});
