import fc from 'fast-check';
import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../src/errors';
import type { File } from '../../src/tree/file';
import { deployment, generated, kustomization, marked, opaque, Repository } from './repository';

/** One image of a platform: where it stands in the tree, and how. */
interface Place {
  readonly directory: string;
  readonly name: string;
  readonly form: 'image' | 'tag' | 'held';
  readonly replicas: number;
}

/** More of them by hand: RUNS=600. */
const RUNS = Number(process.env['RUNS'] ?? 60);
const APPS = ['one', 'two', 'three'];

function placesOf(...forms: Place['form'][]): fc.Arbitrary<[Place, Place, Place]> {
  const place: fc.Arbitrary<Place> = fc.record({
    directory: fc.constantFrom('a', 'b', 'c/d'),
    name: fc.constantFrom('server', 'worker', 'api'),
    form: fc.constantFrom(...forms),
    replicas: fc.integer({ min: 1, max: 3 }),
  });
  return fc.tuple(place, place, place);
}

const places = placesOf('image', 'tag');
const heldPlaces = placesOf('image', 'held');

/** Every app is its own object and file; only where and what it is called is drawn. */
function files(drawn: readonly Place[]): File[] {
  return drawn.map(({ directory, name, form, replicas }, index) => {
    const app = APPS[index]!;
    const path = `k8s/${directory}/${app}-${form}.yaml`;
    if (form === 'tag') return generated(path, [{ ...kustomization({ images: [{ name: `ghcr.io/${app}`, newTag: marked('start', `ns:${app}:tag`) }] }), metadata: { name, labels: { r: `${replicas}` } } }]);
    return generated(path, [deployment(form === 'held' ? `ghcr.io/${app}:start` : marked(`ghcr.io/${app}:start`, `ns:${app}`), { name: `${app}-${name}`, replicas })]);
  });
}

function tagsIn(repository: Repository, drawn: readonly Place[]): string[] {
  return files(drawn).map(({ path }) => /(?:image: \S+?:|newTag: )(\S+)/.exec(repository.read(path))![1]!);
}

function bump(repository: Repository, drawn: readonly Place[], app: number, tag: string): void {
  const path = files(drawn)[app]!.path;
  repository.write(path, repository.read(path).replace(/(image: \S+?:|newTag: )\S+/, `$1${tag}`));
}

test.each([
  ['moves and renames', places],
  ['holds, releases, moves and renames', heldPlaces],
])('through any %s, every tag that was committed goes on, and publishing again changes nothing', (_, drawn) => {
  fc.assert(fc.property(drawn, fc.array(fc.record({ next: drawn, app: fc.nat(2) }), { maxLength: 4 }), (first, steps) => {
    const repository = new Repository(realpathSync(mkdtempSync(join(tmpdir(), 'fluxwright-'))));
    repository.write('k8s/foreign.yaml', 'kind: Foreign\n');
    repository.publish(files(first));
    const tags = ['start', 'start', 'start'];
    let now: readonly Place[] = first;
    steps.forEach(({ next, app }, step) => {
      // One that is held at what code says is an ordinary field, which nobody else may set.
      if (repository.read(files(now)[app]!.path).includes('{"$')) {
        tags[app] = `bot-${step}`;
        bump(repository, now, app, tags[app]);
      }
      repository.publish(files(next));
      expect(tagsIn(repository, next)).toEqual(tags);
      expect(repository.publish(files(next)).differs).toBe(false);
      now = next;
    });
    expect([...repository.publish([]).deleted].sort()).toEqual(files(now).map(({ path }) => path).sort());
    expect(repository.read('k8s/foreign.yaml')).toBe('kind: Foreign\n');
    repository.remove();
  }), { numRuns: RUNS });
}, 120_000);

test('through a merge of a refactor with bot commits, every tag goes on, or the merge is refused', () => {
  fc.assert(fc.property(places, places, fc.uniqueArray(fc.nat(2), { maxLength: 3 }), fc.constantFrom('merge', 'rebase', 'merge, other way round'), fc.boolean(), (first, refactored, bumped, how, isResolved) => {
    const repository = Repository.create();
    repository.publish(files(first));
    repository.commit();
    repository.git('checkout', '--quiet', '-b', 'feature');
    repository.publish(files(refactored));
    repository.commit();
    repository.git('checkout', '--quiet', 'main');
    for (const app of bumped) bump(repository, first, app, `bot-${app}`);
    repository.commit();
    if (how !== 'merge, other way round') repository.git('checkout', '--quiet', 'feature');
    try {
      repository.git(...(how === 'rebase' ? ['rebase', 'main'] : ['merge', '--no-edit', how === 'merge' ? 'main' : 'feature']));
    } catch {
      // In conflict; a person may have thrown the old files away before synth runs.
      const unmerged = repository.git('diff', '--name-only', '--diff-filter=U').trim().split('\n').filter((path) => path !== '');
      if (isResolved) for (const path of unmerged) repository.git('rm', '--quiet', '--force', path);
    }
    try {
      repository.publish(files(refactored));
      expect(tagsIn(repository, refactored)).toEqual(APPS.map((_, app) => (bumped.includes(app) ? `bot-${app}` : 'start')));
      expect(repository.publish(files(refactored)).differs).toBe(false);
    } catch (error) {
      if (!UserError.is(error)) throw error;
      expect(error.message).toMatch(/has several committed values|has a value of its own/);
    }
    repository.remove();
  }), { numRuns: Math.ceil(RUNS / 4) });
}, 180_000);

test('only own files leave, whatever lies between them', () => {
  const name: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  fc.assert(fc.property(fc.uniqueArray(name), fc.uniqueArray(name), fc.uniqueArray(name), (own, later, foreign) => {
    const repository = new Repository(realpathSync(mkdtempSync(join(tmpdir(), 'fluxwright-'))));
    const make = (names: readonly string[]): File[] => names.flatMap((one) => [generated(`k8s/${one}/own.yaml`, [deployment('x:1', { name: one })]), opaque(`k8s/${one}/own.json`, `"${one}"`)]);
    for (const one of foreign) repository.write(`k8s/${one}/foreign.yaml`, `foreign: ${one}\n`);
    repository.publish(make(own));
    repository.publish(make(later));

    for (const one of ['a', 'b', 'c', 'd', 'e', 'f']) {
      for (const file of ['own.yaml', 'own.json']) expect([one, file, repository.has(`k8s/${one}/${file}`)]).toEqual([one, file, later.includes(one)]);
      expect(repository.has(`k8s/${one}/foreign.yaml`)).toBe(foreign.includes(one));
      expect(repository.has(`k8s/${one}`)).toBe(later.includes(one) || foreign.includes(one));
    }
    repository.remove();
  }), { numRuns: Math.ceil(RUNS / 3) });
});
