import type { File } from '../../src/tree/file';
import { configMap, deployment, generated, kustomization, marked, Repository } from './repository';

/** What is committed before a synth has seen it: Git merged or rebased alone what two branches did with one pin. */
let repository: Repository;
const IMAGE = 'ghcr.io/shop/server';
const [OLD, NEW, OTHER] = ['k8s/server.yaml', 'k8s/pins/kustomization.yaml', 'k8s/settings.yaml'];

const whole = (path = OLD, name = 'server'): File => generated(path, [deployment(marked(`${IMAGE}:prod-1`), { name })]);
const asTag = (policy: string): File[] => [generated(NEW, [kustomization({ images: [{ name: IMAGE, newTag: marked('prod-1', `flux-system:${policy}:tag`) }] })]), generated(OLD, [deployment(IMAGE)])];
const asSetting = (policy: string): File[] => [generated(OTHER, [{ ...configMap('settings', {}), data: { IMAGE: marked(`${IMAGE}:prod-1`, `flux-system:${policy}`) } }]), generated(OLD, [deployment(IMAGE)])];
const tagIn = (path: string): string | undefined => /(prod-\d+|hotfix-\d+)"? # \{/.exec(repository.read(path))?.[1];

/** A branch has one tree, main another, whose tags the bot then sets; both have one history before that. */
function apart(feature: readonly File[], main: readonly File[], path: string): void {
  repository.git('checkout', '--quiet', '-b', 'feature');
  repository.publish(feature);
  repository.commit('feature');
  repository.git('checkout', '--quiet', 'main');
  repository.publish(main);
  repository.commit('main');
  repository.replace(path, 'prod-1', 'prod-2');
  repository.commit('bot');
}

function rebase(): void {
  repository.git('checkout', '--quiet', 'feature');
  repository.git('rebase', '--quiet', 'main');
}

beforeEach(() => {
  repository = Repository.create();
  repository.publish([whole()]);
  repository.commit('synth');
});
afterEach(() => repository.remove());

describe.each([['under one policy', 'server', 'server'], ['under two new policies', 'api', 'web']])('a pin that both sides wrote in another form, %s,', (_, policy, mains) => {
  beforeEach(() => apart(asTag(policy), asSetting(mains), OTHER));

  test('takes the tag that the bot committed on one side, once a merge by Git is committed', () => {
    repository.git('merge', '--quiet', '--no-edit', 'feature');

    const { notes } = repository.publish(asTag(policy));

    expect(tagIn(NEW)).toBe('prod-2');
    expect(notes).toContainEqual(expect.stringMatching(new RegExp(`^pin flux-system:${policy} \\(k8s/pins/kustomization.yaml\\): takes prod-2 from the parent [0-9a-f]{7}, over prod-1$`)));
    expect(repository.publish(asTag(policy))).toMatchObject({ differs: false });
  });

  test.each(['at once', 'with another commit behind'] as const)('is refused with both tags after a rebase by Git, %s', (how) => {
    if (how !== 'at once') {
      repository.git('checkout', '--quiet', 'feature');
      repository.write('README.md', 'more\n');
      repository.commit('more');
    }
    rebase();

    expect(() => repository.publish(asTag(policy))).toThrow(
      `pin flux-system:${policy} (k8s/pins/kustomization.yaml) has several committed values: prod-1 (k8s/pins/kustomization.yaml:6), prod-2 (k8s/settings.yaml:7)\n`
      + `  fix: say which: fluxwright synth --pin flux-system:${policy}=prod-2`,
    );
    repository.publish(asTag(policy), { pin: { [`flux-system:${policy}`]: 'prod-2' } });
    expect(tagIn(NEW)).toBe('prod-2');
    expect(repository.publish(asTag(policy))).toMatchObject({ differs: false });
  });
});

test('a pin in another form whose file was taken from a branch, and is not committed yet, is refused with the tag that leaves', () => {
  apart(asTag('api'), [whole()], OLD);
  repository.git('checkout', '--quiet', 'feature', '--', NEW);

  expect(() => repository.publish(asTag('api'))).toThrow('pin flux-system:api (k8s/pins/kustomization.yaml) has several committed values: prod-1 (k8s/pins/kustomization.yaml:6), prod-2 (k8s/server.yaml:12)');
});

test('a branch that was put upon a newer commit by git reset --soft is warned of, since a rollback looks the same', () => {
  apart([generated(OLD, [deployment(marked(`${IMAGE}:prod-1`), { replicas: 2 })])], [whole()], OLD);
  repository.git('checkout', '--quiet', 'feature');
  repository.git('reset', '--quiet', '--soft', 'main');

  const { notes, differs } = repository.publish([generated(OLD, [deployment(marked(`${IMAGE}:prod-1`), { replicas: 2 })])]);

  expect(differs).toBe(false);
  expect(notes).toEqual(['warning: pin flux-system:server (k8s/server.yaml): prod-1 is staged, while HEAD has prod-2; if that is not meant, write it into the file']);
});

test('two stages that move at once each go on from their own tag, though they have one image', () => {
  const stage = (name: string, folder: string): File => generated(`k8s/${folder}/web.yaml`, [deployment(marked(`${IMAGE}:prod-1`, `flux-system:${name}`))]);
  repository.publish([stage('stage', 'stage'), stage('prod', 'prod')]);
  repository.replace('k8s/stage/web.yaml', 'prod-1', 'prod-5');
  repository.commit('stages');
  repository.commit('later');
  const moved = (): File[] => [stage('stage', 'staging'), stage('prod', 'production')];

  repository.publish(moved());
  repository.git('add', '--all');

  expect([tagIn('k8s/staging/web.yaml'), tagIn('k8s/production/web.yaml')]).toEqual(['prod-5', 'prod-1']);
  expect(repository.publish(moved())).toMatchObject({ differs: false, notes: [] });
});

test('a pin that came before the tag of another, which leaves now, keeps its own', () => {
  repository.publish([whole(), whole('k8s/worker.yaml', 'worker')]);
  repository.commit('worker');
  repository.replace('k8s/worker.yaml', 'prod-1', 'hotfix-1');
  repository.commit('by hand');

  repository.publish([whole()]);

  expect(tagIn(OLD)).toBe('prod-1');
});

describe('a new object of a policy that Git rebased alone over a newer tag', () => {
  const both = (): File[] => [whole(), whole('k8s/worker.yaml', 'worker')];

  test('is warned of', () => {
    apart(both(), [whole()], OLD);
    rebase();

    expect(repository.publish(both())).toMatchObject({
      differs: false,
      notes: ['warning: pin flux-system:server (k8s/worker.yaml): prod-1, which HEAD added, while the others of its policy have prod-2; if HEAD came from before that, write it into the file'],
    });
    repository.replace('k8s/worker.yaml', 'prod-1', 'prod-2');
    expect(repository.publish(both()).notes).toEqual([]);
  });

  test('is not warned of where it is older, or the others have several tags', () => {
    repository.publish(both());
    repository.commit('worker');
    repository.replace(OLD, 'prod-1', 'prod-2');
    repository.commit('by hand');
    expect(repository.publish(both()).notes).toEqual([]);

    const three = [...both(), whole('k8s/cron.yaml', 'cron')];
    repository.publish(three, { pin: { 'flux-system:server': 'prod-3' } });
    repository.commit('cron');
    expect(repository.publish(three).notes).toEqual([]);
  });
});
