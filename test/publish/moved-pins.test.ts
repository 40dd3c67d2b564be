import type { File } from '../../src/tree/file';
import { configMap, deployment, generated, kustomization, marked, Repository } from './repository';

let repository: Repository;
const IMAGE = 'ghcr.io/shop/server';
const [OLD, NEW] = ['k8s/server/deployment.yaml', 'k8s/pins/kustomization.yaml'];
/** So much beside a pin that Git sees no renamed file. */
const filler = configMap('filler', Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`key-${index}`, `value ${index}`])));

const whole = (path = OLD, { policy = 'server', name = 'server', replicas = 1 } = {}): File => generated(path, [deployment(marked(`${IMAGE}:prod-1`, `flux-system:${policy}`), { name, replicas })]);
/** The same pin as a tag in a component, with the Deployment elsewhere. */
const asTag = (policy = 'server'): File[] => [
  generated(NEW, [kustomization({ images: [{ name: IMAGE, newTag: marked('prod-1', `flux-system:${policy}:tag`) }] })]),
  generated('k8s/api/deployment.yaml', [deployment(IMAGE), filler]),
];
const tags = (path: string): string[] => [...repository.read(path).matchAll(/(prod-\d+|hotfix-\d+)"? # \{/g)].map(([, tag]) => tag!);

/** On a branch the tree becomes another, and after that the bot commits to main. */
function meanwhile(change: () => void, path = OLD): void {
  repository.git('checkout', '--quiet', '-b', 'feature');
  change();
  repository.commit('feature');
  repository.git('checkout', '--quiet', 'main');
  bot('prod-1', 'prod-2', path);
}

function bot(from: string, to: string, path = OLD): void {
  repository.replace(path, from, to);
  repository.commit(`bot: ${to}`);
}

const WAYS = {
  'a merge into main': () => repository.conflicts('merge', 'feature'),
  'a merge of main': () => {
    repository.git('checkout', '--quiet', 'feature');
    repository.conflicts('merge', 'main');
  },
  'a rebase': () => {
    repository.git('checkout', '--quiet', 'feature');
    repository.conflicts('rebase', 'main');
  },
  'a cherry-pick': () => repository.conflicts('cherry-pick', 'feature'),
  'a squash': () => repository.conflicts('merge', '--squash', 'feature'),
} as const;

beforeEach(() => {
  repository = Repository.create();
  repository.publish([whole()]);
  repository.commit('synth');
});
afterEach(() => repository.remove());

test.each([
  ['a merge into main', 'left', 'api'], ['a merge of main', 'deleted', 'api'], ['a rebase', 'left', 'api'], ['a rebase', 'deleted', 'api'], ['a cherry-pick', 'left', 'api'],
  ['a squash', 'left', 'server'], ['a squash', 'deleted', 'server'], ['a squash', 'left', 'api'], ['a squash', 'deleted', 'api'],
] as const)('%s, with the old file %s, takes the tag that the bot committed to a pin that the branch moved and wrote in another form, under the policy %s', (how, old, policy) => {
  meanwhile(() => repository.publish(asTag(policy)));
  WAYS[how]();
  if (old === 'deleted') repository.git('rm', '--quiet', OLD);

  const { notes } = repository.publish(asTag(policy));

  expect(tags(NEW)).toEqual(['prod-2']);
  expect(notes[0]).toMatch(new RegExp(`^pin flux-system:${policy} \\(k8s/pins/kustomization.yaml\\): takes prod-2 from (HEAD|the other side \\([0-9a-f]{7}\\)), over prod-1$`));
  expect(repository.publish(asTag(policy)).differs).toBe(false);
});

test('a squash that Git could do alone takes the newer tag for an object that the branch added', () => {
  const both = (): File[] => [whole(), whole('k8s/worker.yaml', { name: 'worker' })];
  meanwhile(() => repository.publish(both()));
  repository.git('merge', '--quiet', '--squash', 'feature');

  const { notes } = repository.publish(both());

  expect(tags('k8s/worker.yaml')).toEqual(['prod-2']);
  expect(notes).toEqual(['pin flux-system:server (k8s/worker.yaml): takes prod-2 from HEAD, over prod-1']);
});

test('a stash whose pin was written in another form takes the tag that the bot committed meanwhile', () => {
  repository.publish(asTag());
  repository.git('add', '--all');
  repository.git('stash', '--quiet');
  bot('prod-1', 'prod-2');
  repository.conflicts('stash', 'pop');

  const { notes } = repository.publish(asTag());

  expect(tags(NEW)).toEqual(['prod-2']);
  expect(notes).toEqual(['pin flux-system:server (k8s/pins/kustomization.yaml): takes prod-2 from our side, over prod-1']);
});

test.each([['its policy', 'server'], ['a renamed policy', 'api']])('a stash whose conflict was resolved by deleting the old file is refused with both values, where the pin has another form under %s', (_, policy) => {
  repository.publish(asTag(policy));
  repository.git('add', '--all');
  repository.git('stash', '--quiet');
  bot('prod-1', 'prod-2');
  repository.conflicts('stash', 'pop');
  repository.git('rm', '--quiet', OLD);

  expect(() => repository.publish(asTag(policy))).toThrow(
    `pin flux-system:${policy} (k8s/pins/kustomization.yaml) has several committed values: prod-1 (k8s/pins/kustomization.yaml:6), prod-2 (k8s/server/deployment.yaml:12)\n`
    + `  fix: say which: fluxwright synth --pin flux-system:${policy}=prod-2`,
  );
  repository.publish(asTag(policy), { pin: { [`flux-system:${policy}`]: 'prod-2' } });
  expect(tags(NEW)).toEqual(['prod-2']);
  expect(repository.publish(asTag(policy))).toMatchObject({ differs: false });
});

test.each([['a squash', 'its policy', 'server'], ['a squash', 'a renamed policy', 'api'], ['a rebase', 'its policy', 'server'], ['a rebase', 'a renamed policy', 'api']] as const)(
  '%s that a person committed without its old file is warned of, where the pin has another form under %s',
  (how, _, policy) => {
    meanwhile(() => repository.publish(asTag(policy)));
    WAYS[how]();
    repository.git('rm', '--quiet', OLD);
    if (how === 'a rebase') repository.git('rebase', '--continue');
    else repository.commit('squashed');

    const { notes, differs } = repository.publish(asTag(policy));

    expect(differs).toBe(false);
    expect(notes).toEqual([
      `warning: pin flux-system:${policy} (k8s/pins/kustomization.yaml): prod-1, while the commit before HEAD has prod-2 in k8s/server/deployment.yaml, which HEAD deletes; if HEAD lost it, write it into the file`,
    ]);
  },
);

test('a merge that a person committed without its old file is warned of, where the pin has another form and policy', () => {
  meanwhile(() => repository.publish(asTag('api')));
  WAYS['a merge of main']();
  repository.git('rm', '--quiet', OLD);
  repository.commit('merge');

  const { notes, differs } = repository.publish(asTag('api'));

  expect(differs).toBe(false);
  expect(notes).toEqual([expect.stringMatching(/^warning: pin flux-system:api \(k8s\/pins\/kustomization.yaml\): prod-1, as before the merge in HEAD, while the parent [0-9a-f]{7} has prod-2; if the merge lost it, write it into the file$/)]);
});

test('a deleted object of the policy says nothing of another that stays', () => {
  repository.publish([whole(), whole('k8s/worker.yaml', { name: 'worker' })]);
  repository.commit('two');
  repository.replace('k8s/worker.yaml', 'prod-1', 'prod-0');
  repository.commit('by hand');
  repository.publish([whole('k8s/worker.yaml', { name: 'worker' })]);
  repository.commit('one');

  expect(repository.publish([whole('k8s/worker.yaml', { name: 'worker' })])).toMatchObject({ differs: false, notes: [] });
});

describe('a new object of a policy', () => {
  const both = (replicas = 1): File[] => [whole(OLD, { replicas }), whole('k8s/worker.yaml', { name: 'worker' })];

  test.each(['a merge of main', 'a squash'] as const)('takes the tag of the others in %s, though all of them are called otherwise there', (how) => {
    const renamed = (): File[] => [whole(OLD, { policy: 'renamed' }), whole('k8s/worker.yaml', { name: 'worker', policy: 'renamed' })];
    meanwhile(() => repository.publish(renamed()));
    WAYS[how]();

    repository.publish(renamed());

    expect(tags(OLD)).toEqual(['prod-2']);
    expect(tags('k8s/worker.yaml')).toEqual(['prod-2']);
  });

  test('takes it where Git could not merge the file of another', () => {
    const renamed = (): File[] => [generated(OLD, [deployment(marked(`${IMAGE}:prod-1`), { container: 'renamed' })]), whole('k8s/worker.yaml', { name: 'worker' })];
    meanwhile(() => repository.publish(renamed()));
    WAYS['a rebase']();

    repository.publish(renamed());

    expect(tags(OLD)).toEqual(['prod-2']);
    expect(tags('k8s/worker.yaml')).toEqual(['prod-2']);
  });

  test('takes it in a merge that Git could do alone, before it is committed', () => {
    meanwhile(() => repository.publish(both()));
    repository.git('merge', '--quiet', '--no-commit', 'feature');

    const { notes } = repository.publish(both());

    expect(tags('k8s/worker.yaml')).toEqual(['prod-2']);
    expect(notes).toEqual(['pin flux-system:server (k8s/worker.yaml): takes prod-2 from HEAD, over prod-1']);
    expect(repository.publish(both())).toMatchObject({ differs: false });
  });

  test('is warned of where Git committed the merge, since the older tag is what runs', () => {
    meanwhile(() => repository.publish(both()));
    repository.git('merge', '--quiet', '--no-edit', 'feature');

    const { notes, differs } = repository.publish(both());

    expect(differs).toBe(false);
    expect(notes).toEqual([expect.stringMatching(/^warning: pin flux-system:server \(k8s\/worker.yaml\): prod-1, as before the merge in HEAD, while the parent [0-9a-f]{7} has prod-2; if the merge lost it, write it into the file$/)]);
  });

  test('keeps a tag of its own that the branch chose for it', () => {
    meanwhile(() => {
      repository.publish(both());
      repository.replace('k8s/worker.yaml', 'prod-1', 'hotfix-1');
    });
    repository.git('merge', '--quiet', '--no-commit', 'feature');

    const { notes } = repository.publish(both());

    expect(tags('k8s/worker.yaml')).toEqual(['hotfix-1']);
    expect(notes).toEqual([]);
  });

  test('keeps what the branch has where the others disagree', () => {
    repository.publish([whole(), whole('k8s/cron.yaml', { name: 'cron' })]);
    repository.commit('two');
    const three = (): File[] => [...both(), whole('k8s/cron.yaml', { name: 'cron' })];
    meanwhile(() => repository.publish(three()));
    repository.git('merge', '--quiet', '--no-commit', 'feature');

    repository.publish(three());

    expect(tags('k8s/worker.yaml')).toEqual(['prod-1']);
  });
});

test.each([
  ['of a Flux Kustomization', { kind: 'Kustomization', spec: { images: [{ name: IMAGE, newTag: marked('prod-1', 'flux-system:api:tag') }] } }],
  ['that a HelmRelease has kustomize set', { kind: 'HelmRelease', spec: { postRenderers: [{ kustomize: { images: [{ name: IMAGE, newTag: marked('prod-1', 'flux-system:api:tag') }] } }] } }],
])('a pin that goes to the images %s takes its tag along, though its policy is renamed', (_, object) => {
  bot('prod-1', 'prod-2');

  const { notes } = repository.publish([generated(NEW, [{ ...object, metadata: { name: 'sync' } }])]);

  expect(tags(NEW)).toEqual(['prod-2']);
  expect(notes).toEqual(['pin flux-system:api (k8s/pins/kustomization.yaml): goes on from prod-2 of flux-system:server (k8s/server/deployment.yaml)']);
});

describe('a file that Git takes for renamed, of which a person took one side with the old first line,', () => {
  const moved = (): File[] => [whole('k8s/api/deployment.yaml', { replicas: 2 })];
  const takeOurs = (how: keyof typeof WAYS): void => {
    meanwhile(() => repository.publish(moved()));
    repository.publish([whole(OLD, { replicas: 3 })]);
    repository.commit('main');
    WAYS[how]();
    repository.git('checkout', '--ours', 'k8s/api/deployment.yaml');
    expect(repository.read('k8s/api/deployment.yaml')).toContain(`as ${OLD}.`);
  };

  test.each(['a merge into main', 'a rebase', 'a cherry-pick', 'a squash'] as const)('is generated again in %s, with the newer tag', (how) => {
    takeOurs(how);

    repository.publish(moved());

    expect(tags('k8s/api/deployment.yaml')).toEqual(['prod-2']);
    expect(repository.read('k8s/api/deployment.yaml')).toContain('as k8s/api/deployment.yaml.');
    expect(repository.publish(moved())).toMatchObject({ differs: false });
  });

  test('is not overwritten where it was edited since', () => {
    takeOurs('a merge into main');
    repository.replace('k8s/api/deployment.yaml', 'replicas: 3', 'replicas: 4');
    expect(() => repository.publish(moved())).toThrow('k8s/api/deployment.yaml:7 was edited by hand (spec.replicas, spec.template.spec.containers[name=server].image), and that is in Git nowhere; synth would overwrite it');

    repository.git('add', '--all');
    expect(() => repository.publish(moved())).toThrow(
      `k8s/api/deployment.yaml, where a file lies that shop generated as ${OLD}\n  fix: move it away, or take it over: fluxwright synth --adopt k8s/api/deployment.yaml`,
    );
  });
});

test('a conflict in a file that Git moved along with its directory is generated again, with the newer tag', () => {
  const files = (folder: string, name: string, replicas: number): File[] => [1, 2, 3].map((index) => whole(`k8s/${folder}/${index === 1 ? name : index}.yaml`, { name: `server-${index}`, replicas }));
  repository.publish(files('three', 'old', 1));
  repository.commit('three');
  meanwhile(() => repository.publish(files('three', 'new', 2)), 'k8s/three/old.yaml');
  repository.publish(files('two', 'old', 1));
  repository.commit('moved');
  WAYS['a merge into main']();

  repository.publish(files('two', 'new', 2));

  expect(tags('k8s/two/new.yaml')).toEqual(['prod-2']);
  expect(repository.git('ls-files', '--others', '--cached', 'k8s').split('\n')).not.toContain('k8s/three/new.yaml');
  expect(repository.publish(files('two', 'new', 2))).toMatchObject({ differs: false });
});

test('an environment that a merge removes leaves its tag to no other, though one of its image is new', () => {
  const staging = (): File => whole('k8s/staging.yaml', { name: 'staging', policy: 'staging' });
  repository.publish([whole(), staging()]);
  repository.replace('k8s/staging.yaml', 'prod-1', 'prod-7');
  repository.commit('two');
  repository.git('checkout', '--quiet', '-b', 'feature');
  repository.publish(asTag('api'), { pin: { 'flux-system:api': 'prod-1' } });
  repository.commit('feature');
  repository.git('checkout', '--quiet', 'main');
  bot('prod-7', 'prod-8', 'k8s/staging.yaml');
  WAYS['a merge of main']();

  repository.publish(asTag('api'));

  expect(tags(NEW)).toEqual(['prod-1']);
});

test('an environment that a committed merge removed is nothing that another of its image has lost', () => {
  repository.publish([whole(), whole('k8s/staging.yaml', { name: 'staging', policy: 'staging' })]);
  repository.commit('two');
  meanwhile(() => repository.publish([whole()]), 'k8s/staging.yaml');
  WAYS['a merge into main']();
  repository.git('rm', '--quiet', 'k8s/staging.yaml');
  repository.commit('merge');

  expect(repository.publish([whole()])).toMatchObject({ differs: false, notes: [] });
});

test('an environment that goes says nothing of an object that comes with another policy, once both are staged', () => {
  repository.publish([whole(), whole('k8s/staging.yaml', { name: 'staging', policy: 'staging' })]);
  repository.commit('two');
  bot('prod-1', 'prod-7', 'k8s/staging.yaml');
  const next = (): File[] => [whole(), whole('k8s/worker.yaml', { name: 'worker' })];
  repository.publish(next());
  repository.git('add', '--all');

  expect(repository.publish(next()).differs).toBe(false);
  expect(tags('k8s/worker.yaml')).toEqual(['prod-1']);
});
