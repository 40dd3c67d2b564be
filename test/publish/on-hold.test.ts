import fc from 'fast-check';
import { join } from 'node:path';
import { UserError } from '../../src/errors';
import type { File } from '../../src/tree/file';
import { withComment } from '../../src/yaml/comment';
import { formatHold } from '../../src/yaml/marker';
import { runBatch, testWith } from '../tools';
import { deployment, generated, kustomization, marked, Repository } from './repository';

let repository: Repository;
/** Each takes half a second. */
const RUNS = Number(process.env['RUNS'] ?? 4);

const [PATH, MOVED] = ['k8s/server/deployment.yaml', 'k8s/moved/deployment.yaml'] as const;

const policy = { apiVersion: 'image.toolkit.fluxcd.io/v1', kind: 'ImagePolicy', metadata: { name: 'server', namespace: 'flux-system' }, spec: { filterTags: { pattern: '^prod-[0-9]+$' } } };
const tree = (path: string, props: Parameters<typeof deployment>[1] = {}, setter = 'flux-system:server'): File[] => [generated(path, [deployment(marked('ghcr.io/s:prod-1', setter), props)]), generated('k8s/policy.yaml', [policy])];
const inCode = (image: string, hold?: { exact?: boolean }): File[] => [generated(PATH, [deployment(hold === undefined ? image : withComment(image, formatHold({ literal: image, ...hold, marker: { policy: 'flux-system:server' } })))])];
const image = (path: string = PATH) => /image: (.*)/.exec(repository.read(path))![1];
const HELD = 'ghcr.io/s:prod-5 # {"$imagepolicy-on-hold": "flux-system:server"}';
const FOLLOWED = 'ghcr.io/s:prod-5 # {"$imagepolicy": "flux-system:server"}';

/** What `fluxwright pins hold` does to a line, and `pins release` back. */
const hold = (path: string = PATH) => repository.replace(path, '"$imagepolicy"', '"$imagepolicy-on-hold"');
const release = (path: string = PATH) => repository.replace(path, '"$imagepolicy-on-hold"', '"$imagepolicy"');

beforeEach(() => {
  repository = Repository.create();
  repository.publish(tree(PATH));
  repository.replace(PATH, 'prod-1', 'prod-5');
  repository.commit('bot');
});
afterEach(() => repository.remove());

test('a hold in the tree stays, whatever else changes in code', () => {
  hold();

  expect(repository.publish(tree(PATH))).toMatchObject({ differs: false, notes: [] });
  expect(repository.publish(tree(PATH, { replicas: 3 })).notes).toEqual([]);
  expect(image()).toBe(HELD);
  expect(repository.publish(tree(PATH), { check: true }).diff).not.toContain('imagepolicy-on-hold": "flux-system:server"}\n+');
});

test('a hold that is committed is what a synth would write', () => {
  hold();
  repository.commit();

  expect(repository.publish(tree(PATH), { check: true })).toMatchObject({ differs: false, notes: [] });
});

test('a release in the tree lets Flux go on from the value that was held', () => {
  hold();
  repository.commit();
  release();

  expect(repository.publish(tree(PATH)).differs).toBe(false);
  expect(image()).toBe(FOLLOWED);
});

test('a tag that somebody writes on a line on hold stays, though the policy would not select it', () => {
  hold();
  repository.commit();
  repository.replace(PATH, 'prod-5', 'hotfix');

  expect(repository.publish(tree(PATH, { replicas: 2 })).notes).toEqual([]);
  expect(image()).toBe('ghcr.io/s:hotfix # {"$imagepolicy-on-hold": "flux-system:server"}');
});

test('a hold goes with its object to another file, another name and another policy', () => {
  hold();
  repository.commit();

  expect(repository.publish(tree(MOVED)).notes).toEqual([`pin flux-system:server (${MOVED}): stays on hold at prod-5`]);
  expect(image(MOVED)).toBe(HELD);
  repository.commit();
  expect(repository.publish(tree(MOVED, { name: 'api' })).notes).toEqual([`pin flux-system:server (${MOVED}): stays on hold at prod-5`]);
  expect(image(MOVED)).toBe(HELD);
  repository.publish(tree(MOVED, { name: 'api' }, 'flux-system:other'));
  expect(image(MOVED)).toBe('ghcr.io/s:prod-5 # {"$imagepolicy-on-hold": "flux-system:other"}');
});

test('a hold goes from an image to an entry of images, and back', () => {
  hold();
  repository.commit();
  const entry = [generated('k8s/pins/kustomization.yaml', [kustomization({ images: [{ name: 'ghcr.io/s', newTag: marked('prod-1', 'flux-system:server:tag') }] })])];

  repository.publish(entry);
  expect(repository.read('k8s/pins/kustomization.yaml')).toContain('newTag: prod-5 # {"$imagepolicy-on-hold": "flux-system:server:tag"}');

  repository.commit();
  repository.publish(tree(PATH));
  expect(image()).toBe(HELD);
});

test('another object of a policy all of whose pins are on hold is on hold, too, and not where others follow', () => {
  hold();
  const second = (path: string) => generated(path, [deployment(marked('ghcr.io/s:prod-1', 'flux-system:server'), { name: 'second' })]);

  repository.publish([...tree(PATH), second('k8s/second.yaml')]);
  expect(image('k8s/second.yaml')).toBe(HELD);

  release('k8s/second.yaml');
  repository.publish([...tree(PATH), second('k8s/second.yaml'), generated('k8s/third.yaml', [deployment(marked('ghcr.io/s:prod-1', 'flux-system:server'), { name: 'third' })])]);
  expect([image(), image('k8s/second.yaml'), image('k8s/third.yaml')]).toEqual([HELD, FOLLOWED, FOLLOWED]);
});

test('one of two pins of a policy that is renamed keeps its hold, though the other follows at the same tag', () => {
  const two = (name: string) => [...tree(PATH), generated('k8s/second.yaml', [deployment(marked('ghcr.io/s:prod-1', 'flux-system:server'), { name })])];
  repository.publish(two('second'));
  hold('k8s/second.yaml');
  repository.commit();

  repository.publish(two('renamed'));

  expect([image(), image('k8s/second.yaml')]).toEqual([FOLLOWED, HELD]);
});

test('a tree that was deleted comes back from Git with its holds', () => {
  hold();
  repository.commit();
  repository.removeDirectory('k8s');

  repository.publish(tree(PATH));

  expect(image()).toBe(HELD);
});

test('a hold in code takes the place of the one in the tree, and the value of code goes before the committed one', () => {
  hold();
  repository.commit();

  expect(repository.publish(inCode('ghcr.io/s:prod-1', {})).notes).toEqual([`pin flux-system:server (${PATH}): held at prod-5 by code from now on, and no longer by the tree`]);
  expect(image()).toBe('ghcr.io/s:prod-5 # {"$held": "ghcr.io/s:prod-1", "$imagepolicy-held": "flux-system:server"}');

  repository.git('checkout', '--quiet', '.');
  expect(repository.publish(inCode('ghcr.io/s:prod-3', { exact: true })).notes).toEqual([
    `pin flux-system:server (${PATH}): code now says prod-5 → prod-3`,
    `pin flux-system:server (${PATH}): held by code from now on, and no longer by the tree`,
  ]);
  expect(image()).toContain('ghcr.io/s:prod-3 # {"$held-at": "ghcr.io/s:prod-3"');
});

test('a pin that code takes off is kept as any other', () => {
  hold();

  expect(repository.publish(inCode('ghcr.io/s:prod-1')).notes).toEqual([`pin flux-system:server (${PATH}): held at prod-5, although code says prod-1`]);
  expect(image()).toBe('ghcr.io/s:prod-5 # {"$held": "ghcr.io/s:prod-1", "$imagepolicy-held": "flux-system:server"}');
});

test('--reset-pins ends a hold, and says so', () => {
  hold();

  expect(repository.publish(tree(PATH), { resetPins: true }).notes).toEqual([
    `pin flux-system:server (${PATH}): reset prod-5 → prod-1`,
    `pin flux-system:server (${PATH}): no longer on hold, as --reset-pins has it`,
  ]);
  expect(image()).toBe('ghcr.io/s:prod-1 # {"$imagepolicy": "flux-system:server"}');
});

test('what is on hold and leaves the tree is told', () => {
  hold();

  expect(repository.publish([]).notes).toEqual([`pin flux-system:server (${PATH}): prod-5 leaves the tree`]);
});

describe('in a merge', () => {
  /** Without following files that were renamed, which would merge the line by itself. */
  const MERGE = ['merge', '--quiet', '-s', 'recursive', '-X', 'no-renames', 'main'];

  /** One side on the branch, the other on main, and back on the branch. */
  const diverge = (onBranch: () => void, onMain: () => void) => {
    repository.git('checkout', '--quiet', '-b', 'feature');
    onBranch();
    repository.commit('branch');
    repository.git('checkout', '--quiet', 'main');
    onMain();
    repository.commit('main');
    repository.git('checkout', '--quiet', 'feature');
  };

  test('a hold on one side reaches the file that the other side moved its object to', () => {
    diverge(() => repository.publish(tree(MOVED)), () => hold());
    repository.conflicts(...MERGE);
    repository.git('rm', '--quiet', '--force', PATH);

    repository.publish(tree(MOVED));

    expect(image(MOVED)).toBe(HELD);
    repository.commit();
    expect(repository.publish(tree(MOVED))).toMatchObject({ differs: false, notes: [] });
  });

  test('a release on one side reaches the file that the other side moved its object to', () => {
    hold();
    repository.commit();
    diverge(() => repository.publish(tree(MOVED)), () => release());
    repository.conflicts(...MERGE);
    repository.git('rm', '--quiet', '--force', PATH);

    repository.publish(tree(MOVED));

    expect(image(MOVED)).toBe(FOLLOWED);
  });

  test('a hold on one side and a bot commit on the other are refused, and the hold stays with what is chosen', () => {
    diverge(() => hold(), () => repository.replace(PATH, 'prod-5', 'prod-6'));
    repository.conflicts('merge', '--quiet', 'main');

    expect(() => repository.publish(tree(PATH))).toThrow(`pin flux-system:server (${PATH}) has a value of its own on each side of the merge: prod-5 (HEAD), prod-6 (the other side (`);
    repository.publish(tree(PATH), { pin: { 'flux-system:server': 'prod-5' } });

    expect(image()).toBe(HELD);
    expect(repository.publish(tree(PATH)).differs).toBe(false);
    expect(image()).toBe(HELD);
  });

  test('a hot fix on a line on hold and a release on the other side both count', () => {
    hold();
    repository.commit();
    diverge(() => repository.replace(PATH, 'prod-5', 'prod-6'), () => release());
    repository.conflicts('merge', '--quiet', 'main');

    repository.publish(tree(PATH));

    expect(image()).toBe('ghcr.io/s:prod-6 # {"$imagepolicy": "flux-system:server"}');
  });

  test('what a person writes while the merge waits counts', () => {
    diverge(() => hold(), () => repository.write('other.txt', 'other\n'));
    repository.git('merge', '--quiet', '--no-commit', '--no-ff', 'main');
    release();

    repository.publish(tree(PATH));

    expect(image()).toBe(FOLLOWED);
  });

  test('a committed merge that left the object in both files goes on with the hold', () => {
    diverge(() => repository.publish(tree(MOVED)), () => hold());
    repository.conflicts(...MERGE);
    repository.commit('with both files');

    repository.publish(tree(MOVED));

    expect(image(MOVED)).toBe(HELD);
  });

  test('a committed merge that lost a hold is told of, until somebody has held or released it', () => {
    diverge(() => repository.publish(tree(MOVED)), () => hold());
    repository.conflicts(...MERGE);
    repository.git('rm', '--quiet', '--force', PATH);
    repository.commit('lost');

    const { notes } = repository.publish(tree(MOVED));

    expect(notes).toEqual([expect.stringMatching(/^warning: pin flux-system:server \(k8s\/moved\/deployment.yaml\): follows its policy, while the parent [0-9a-f]{7} has it on hold; if it should stay so: fluxwright pins hold k8s\/moved\/deployment.yaml#flux-system:server$/)]);
    hold(MOVED);
    repository.commit();
    expect(repository.publish(tree(MOVED)).notes).toEqual([]);
  });

  test('a rebase takes a hold along, and a revert takes it back', () => {
    diverge(() => repository.publish(tree(PATH, { replicas: 2 })), () => hold());
    repository.git('rebase', '--quiet', 'main');
    expect(repository.publish(tree(PATH, { replicas: 2 })).differs).toBe(false);
    expect(image()).toBe(HELD);

    repository.git('revert', '--no-edit', 'main');
    expect(repository.publish(tree(PATH, { replicas: 2 })).differs).toBe(false);
    expect(image()).toBe(FOLLOWED);
  });

  test('through any refactor, bot commits, holds and releases, every tag and every hold goes on, or the merge is refused', () => {
    const app = (index: number, folder: string, name: string): File => generated(`k8s/${folder}/${index}.yaml`, [deployment(marked(`ghcr.io/${index}:start`, `ns:${index}`), { name: `${index}-${name}` })]);
    const place = fc.record({ folder: fc.constantFrom('a', 'b', 'c'), name: fc.constantFrom('x', 'y') });
    const places = fc.tuple(place, place, place);
    const apps = fc.uniqueArray(fc.nat(2));
    const files = (drawn: readonly { folder: string; name: string }[]): File[] => drawn.map(({ folder, name }, index) => app(index, folder, name));
    const how = fc.constantFrom('merge', 'rebase', 'other way round');
    fc.assert(fc.property(places, places, apps, apps, apps, apps, how, fc.boolean(), fc.boolean(), (first, refactored, heldBefore, released, heldMeanwhile, bumped, way, followsRenames, isResolved) => {
      const local = Repository.create();
      const pathOf = (drawn: readonly File[], index: number) => drawn[index]!.path;
      const swap = (drawn: readonly File[], indices: readonly number[], from: string, to: string) => indices.forEach((index) => local.write(pathOf(drawn, index), local.read(pathOf(drawn, index)).replace(from, to)));
      const strategy = followsRenames ? [] : ['-s', 'recursive', '-X', 'no-renames'];
      const [before, after] = [files(first), files(refactored)];
      const [off, on, bot] = [released.filter((index) => heldBefore.includes(index)), heldMeanwhile.filter((index) => !heldBefore.includes(index)), bumped.filter((index) => !heldBefore.includes(index) && !heldMeanwhile.includes(index))];
      local.publish(before);
      swap(before, heldBefore, '"$imagepolicy"', '"$imagepolicy-on-hold"');
      local.commit();
      local.git('checkout', '--quiet', '-b', 'feature');
      local.publish(after);
      swap(after, off, '"$imagepolicy-on-hold"', '"$imagepolicy"');
      local.commit();
      local.git('checkout', '--quiet', 'main');
      swap(before, on, '"$imagepolicy"', '"$imagepolicy-on-hold"');
      swap(before, bot, ':start', ':bot');
      local.commit();
      if (way !== 'other way round') local.git('checkout', '--quiet', 'feature');
      try {
        local.git(...(way === 'rebase' ? ['rebase', ...strategy, 'main'] : ['merge', '--no-edit', ...strategy, way === 'merge' ? 'main' : 'feature']));
      } catch {
        const unmerged = local.git('diff', '--name-only', '--diff-filter=U').trim().split('\n').filter((path) => path !== '');
        if (isResolved) for (const path of unmerged) local.git('rm', '--quiet', '--force', path);
      }
      const state = () => after.map(({ path }) => /image: ghcr.io\/\d:(\S+) # \{"(\S+)"/.exec(local.read(path))!.slice(1));
      const expected = after.map((_, index) => [bot.includes(index) ? 'bot' : 'start', (heldBefore.includes(index) && !off.includes(index)) || on.includes(index) ? '$imagepolicy-on-hold' : '$imagepolicy']);
      try {
        local.publish(after);
        expect(state()).toEqual(expected);
        expect(local.publish(after).differs).toBe(false);
        local.git('add', '--all');
        if (way === 'rebase') local.git('-c', 'core.editor=true', 'rebase', '--continue');
        else local.commit();
      } catch (error) {
        if (!UserError.is(error) && !/No rebase in progress|no rebase in progress/i.test(String(error))) throw error;
        if (UserError.is(error)) expect(error.message).toMatch(/has several committed values|has a value of its own/);
      }
      local.remove();
    }), { numRuns: RUNS });
  }, 600_000);
});

testWith('bot', "Flux's image automation passes over a line on hold, and goes on from a released one", (bot) => {
  const come = () => runBatch<{ changed: string[] }>(bot, [{ Directory: join(repository.root, 'k8s'), Policies: { 'flux-system:server': { Name: 'ghcr.io/s', Tag: 'prod-9' } } }])[0]!.changed;
  hold();

  expect(come()).toEqual([]);
  expect(image()).toBe(HELD);

  release();
  expect(come()).not.toEqual([]);
  expect(image()).toContain('ghcr.io/s:prod-9 #');
});
