import type { File } from '../../src/tree/file';
import { configMap, generated, kustomization, marked, Repository } from './repository';

let repository: Repository;
beforeEach(() => (repository = Repository.create()));
afterEach(() => repository.remove());

const IMAGE = 'ghcr.io/shop/server';
const pins = (path: string, ...policies: string[]): File => generated(path, [
  kustomization({ images: policies.map((policy) => ({ name: `ghcr.io/shop/${policy}`, newTag: marked('start', `flux-system:${policy}:tag`) })) }),
]);
const tag = (path: string): string => /newTag: (\S+)/.exec(repository.read(path))![1]!;

const STAGES = ['stage', 'prod'];
const [STAGE, PROD] = ['k8s/new/stage/kustomization.yaml', 'k8s/new/prod/kustomization.yaml'] as const;
const stages = (folder: string, ...policies: string[]): File[] => STAGES.map((stage) => pins(`k8s/${folder}/${stage}/kustomization.yaml`, ...policies));

/** Stage runs v2, production v1, and one commit moves both. */
function publishStages(...policies: string[]): void {
  repository.publish(stages('old', ...policies));
  for (const policy of policies) {
    for (const [stage, value] of [['stage', 'v2'], ['prod', 'v1']] as const) {
      repository.replace(`k8s/old/${stage}/kustomization.yaml`, `start # {"$imagepolicy": "flux-system:${policy}:tag"}`, `${policy === 'server' ? '' : `${policy}-`}${value} # {"$imagepolicy": "flux-system:${policy}:tag"}`);
    }
  }
  repository.commit('bot');
}

const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('was expected to be refused, and was not');
};

/** What a person does who copies the command of a message. */
const settledBy = (message: string): Record<string, string> => Object.fromEntries([...message.split('fluxwright synth')[1]!.matchAll(/--pin (\S+)=(\S+)/g)].map(([, key, value]) => [key!, value!]));

describe('two directories with the same object and policy, but other tags, that move at once', () => {
  beforeEach(() => publishStages('server'));

  test('are refused with a command that gives each file what it had', () => {
    const message = messageOf(() => repository.publish(stages('new', 'server')));

    expect(message).toBe([
      `pin flux-system:server (${PROD}) has several committed values: v1 (k8s/old/prod/kustomization.yaml:6), v2 (k8s/old/stage/kustomization.yaml:6)`,
      `pin flux-system:server (${STAGE}) has several committed values: v1 (k8s/old/prod/kustomization.yaml:6), v2 (k8s/old/stage/kustomization.yaml:6)`,
      `  fix: say which: fluxwright synth --pin ${PROD}=v1 --pin ${STAGE}=v2`,
    ].join('\n'));
    expect(repository.status()).toBe('');

    repository.publish(stages('new', 'server'), { pin: settledBy(message) });
    expect([tag(STAGE), tag(PROD)]).toEqual(['v2', 'v1']);
  });

  test('take the value of their file before that of their policy', () => {
    const { notes } = repository.publish(stages('new', 'server'), { pin: { 'flux-system:server': 'v1', [STAGE]: 'v2' } });

    expect([tag(STAGE), tag(PROD)]).toEqual(['v2', 'v1']);
    expect(notes).toEqual([
      `pin flux-system:server (${PROD}): v1 chosen by --pin, over v2 from k8s/old/stage/kustomization.yaml:6`,
      `pin flux-system:server (${STAGE}): v2 chosen by --pin, over v1 from k8s/old/prod/kustomization.yaml:6`,
    ]);
  });

  test('are refused as long as one of them is in doubt', () => {
    expect(() => repository.publish(stages('new', 'server'), { pin: { [STAGE]: 'v2' } })).toThrow(`pin flux-system:server (${PROD}) has several committed values`);
    expect(repository.status()).toBe('');
  });

  test('are refused with what a misspelt --pin names', () => {
    const message = messageOf(() => repository.publish(stages('new', 'server'), { pin: { [STAGE]: 'v2', 'k8s/new/prd/kustomization.yaml': 'v1', 'flux-system:sever': 'v1', 'k8s/old/prod/kustomization.yaml': 'v1' } }));

    expect(message.split('\n').slice(2)).toEqual([
      '--pin k8s/new/prd/kustomization.yaml=v1: no pin stands in k8s/new/prd/kustomization.yaml',
      '  fix: name what is in doubt: a policy as "namespace:policy", or a file by its path from the root',
      '--pin flux-system:sever=v1: no pin has the policy flux-system:sever',
      '  fix: name what is in doubt: a policy as "namespace:policy", or a file by its path from the root',
      '--pin k8s/old/prod/kustomization.yaml=v1: nothing is in doubt there, so what stands there stays',
      '  fix: name what is in doubt: a policy as "namespace:policy", or a file by its path from the root',
    ]);
  });
});

test('files with several policies in doubt are settled by file and policy', () => {
  publishStages('server', 'worker');

  const message = messageOf(() => repository.publish(stages('new', 'server', 'worker')));
  repository.publish(stages('new', 'server', 'worker'), { pin: settledBy(message) });

  expect(settledBy(message)).toEqual({
    [`${PROD}#flux-system:server`]: 'v1', [`${PROD}#flux-system:worker`]: 'worker-v1',
    [`${STAGE}#flux-system:server`]: 'v2', [`${STAGE}#flux-system:worker`]: 'worker-v2',
  });
  for (const [path, version] of [[STAGE, 'v2'], [PROD, 'v1']] as const) expect(repository.read(path).match(/newTag: \S+/g)).toEqual([`newTag: ${version}`, `newTag: worker-${version}`]);
});

test('a path that a shell would take apart is quoted in the command', () => {
  const files = (folder: string) => ["it's stage", 'prod'].map((stage) => pins(`k8s/${folder}/${stage}/kustomization.yaml`, 'server'));
  repository.publish(files('old'));
  repository.replace('k8s/old/prod/kustomization.yaml', 'start', 'v1');
  repository.commit();

  expect(messageOf(() => repository.publish(files('new')))).toContain(`--pin 'k8s/new/it'\\''s stage/kustomization.yaml=start' --pin k8s/new/prod/kustomization.yaml=v1`);
});

test.each([
  ['flux-system:server', 'nothing is in doubt there, so what stands there stays'],
  ['k8s/old/prod/kustomization.yaml', 'nothing is in doubt there, so what stands there stays'],
  ['k8s/old/none.yaml', 'no pin stands in k8s/old/none.yaml'],
  ['flux-system:none', 'no pin has the policy flux-system:none'],
  ['constructor', 'no pin stands in constructor'],
])('--pin %s that settles nothing changes nothing, and says so', (key, why) => {
  publishStages('server');

  const { notes, differs } = repository.publish(stages('old', 'server'), { pin: { [key]: 'v9' } });

  expect(differs).toBe(false);
  expect(notes).toEqual([`--pin ${key}=v9: ${why}`]);
});

test('a digest alone settles a whole image', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const release = (name: string, path: string): File => generated(path, [{ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers: [{ name: 'server', image: marked(`${IMAGE}:v1`) }] } }]);
  repository.publish([release('a', 'k8s/a.yaml'), release('b', 'k8s/b.yaml')]);
  repository.replace('k8s/a.yaml', ':v1', ':v2');
  repository.commit();

  repository.publish([release('a', 'k8s/a.yaml'), release('b', 'k8s/b.yaml'), release('c', 'k8s/c.yaml')], { pin: { 'k8s/c.yaml': digest } });

  expect(repository.read('k8s/c.yaml')).toContain(`image: ${IMAGE}@${digest} #`);
});

describe('a stash whose conflict was settled by --pin', () => {
  const tagIn = (): string => /image: \S+:(\S+)/.exec(repository.read('k8s/new.yaml'))![1]!;
  const pod: object = ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'server' }, spec: { containers: [{ name: 'server', image: marked(`${IMAGE}:prod-1`) }] } });
  const old = (): File[] => [generated('k8s/old.yaml', [pod])];
  /** With so much beside it that Git sees no renamed file. */
  const moved = (): File[] => [generated('k8s/new.yaml', [pod, configMap('new', Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`key-${index}`, `value ${index}`])))])];
  beforeEach(() => {
    repository.publish(old());
    repository.commit('synth');
    repository.publish(moved());
    repository.git('add', '--all');
    repository.git('stash', '--quiet');
    repository.replace('k8s/old.yaml', 'prod-1', 'prod-2');
    repository.commit('bot');
    repository.conflicts('stash', 'pop');
    repository.git('rm', '--quiet', 'k8s/old.yaml');
    repository.publish(moved(), { pin: { 'flux-system:server': 'prod-2' } });
    repository.git('add', '--all');
  });

  test('is settled anew by another one, by the same again, and by none left as it is', () => {
    const settle = (pin?: Record<string, string>) => repository.publish(moved(), { pin }).notes;
    expect(tagIn()).toBe('prod-2');

    expect(settle({ 'flux-system:server': 'prod-3' })).toEqual(['pin flux-system:server (k8s/new.yaml): prod-3 chosen by --pin, over prod-2 from k8s/new.yaml:9, k8s/old.yaml:9']);
    expect(settle({ 'k8s/new.yaml': 'prod-3' })).toEqual(['pin flux-system:server (k8s/new.yaml): prod-3 chosen by --pin, over prod-2 from k8s/old.yaml:9']);
    expect(settle()).toEqual([]);
    expect(tagIn()).toBe('prod-3');
  });

  test('has nothing in doubt once it is committed', () => {
    repository.commit('settled');

    const { notes, differs } = repository.publish(moved(), { pin: { 'flux-system:server': 'prod-1' } });

    expect(differs).toBe(false);
    expect(notes).toContain('--pin flux-system:server=prod-1: nothing is in doubt there, so what stands there stays');
    expect(tagIn()).toBe('prod-2');
  });
});
