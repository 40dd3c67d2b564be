import { pinsHold } from '../../src/cli/commands/pins-hold';
import { pinsList } from '../../src/cli/commands/pins-list';
import { pinsRelease } from '../../src/cli/commands/pins-release';
import { deployment, generated, marked, Repository } from '../publish/repository';
import { call, type Called } from './call';

let repository: Repository;
const [PROD, HAND] = ['k8s/prod.yaml', 'apps/web/kustomization.yaml'] as const;
const POLICY = `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata: {name: server, namespace: flux-system}
spec:
  imageRepositoryRef: {name: server}
  filterTags: {pattern: '^prod-[a-f0-9]+-(?P<ts>[0-9]+)$', extract: $ts}
  policy: {numerical: {order: asc}}
`;
const HAND_WRITTEN = `# written by a person
images:
- name: web
  newTag: '1.4.2'   # {"$imagepolicy": "flux-system:web:tag"}
`;
const tree = () => [generated(PROD, [deployment(marked('ghcr.io/shop/server:prod-abc-1'))])];

beforeEach(() => {
  repository = Repository.create();
  repository.write('k8s/policy.yaml', POLICY);
  repository.write(HAND, HAND_WRITTEN);
  repository.publish(tree());
  repository.commit('start');
  repository.replace(PROD, 'prod-abc-1', 'prod-abc-2');
  repository.git('-c', 'user.name=fluxbot', 'commit', '--quiet', '--all', '--date=2026-03-01T10:00:00Z', '-m', 'new image');
});
afterEach(() => repository.remove());

const hold = (...parameters: string[]): Promise<Called> => call(pinsHold, parameters, repository.root);
const release = (...parameters: string[]): Promise<Called> => call(pinsRelease, parameters, repository.root);

describe('pins list', () => {
  test('shows where each is, who set it, and what its policy would select', async () => {
    const { stdout, status } = await call(pinsList, [], repository.root);

    const [hand, handSet, handRule, prod, prodSet, prodRule] = stdout.split('\n');
    expect([status, hand, handRule, prod, prodRule]).toEqual([
      0,
      'apps/web/kustomization.yaml:4 1.4.2 (flux-system:web:tag)',
      '  no ImagePolicy flux-system:web in this tree says what it selects',
      'k8s/prod.yaml:12 ghcr.io/shop/server:prod-abc-2 (flux-system:server)',
      '  the policy selects the highest number of $ts, among tags that match ^prod-[a-f0-9]+-(?P<ts>[0-9]+)$; this tag fits',
    ]);
    expect(handSet).toMatch(/^ {2}set \S+ \S+ \S+ by Test, a person: [0-9a-f]{7} start$/);
    expect(prodSet).toMatch(/^ {2}set \S+ \S+ \S+ by fluxbot, a bot: [0-9a-f]{7} new image$/);
  });

  test('is data for programs, of the pins that are named', async () => {
    await hold('server', '--value', 'hotfix');

    const { stdout } = await call(pinsList, ['flux-system:server', '--format', 'json'], repository.root);

    expect(JSON.parse(stdout)).toMatchObject({ pins: [{ file: PROD, line: 12, field: 'spec.template.spec.containers[name=server].image', value: 'ghcr.io/shop/server:hotfix', policy: 'flux-system:server', part: null, state: 'on hold', set: null, fits: false }] });
  });

  test('works where there is no Git', async () => {
    repository.removeDirectory('.git');

    expect((await call(pinsList, [PROD], repository.root)).stdout).toContain('  not committed\n');
  });
});

describe('pins hold and release', () => {
  test('take a marker off and put it on again, which is all that changes, and a synth keeps it', async () => {
    expect(await hold(PROD)).toEqual({ status: 0, stdout: '', stderr: `${PROD}:12 flux-system:server: on hold at prod-abc-2\ncommit and push it: Flux reads what is in the repository\n` });
    expect(repository.read(PROD)).toContain('image: ghcr.io/shop/server:prod-abc-2 # {"$imagepolicy-on-hold": "flux-system:server"}');
    expect(repository.publish(tree()).differs).toBe(false);

    expect((await release('flux-system:server')).stderr).toContain(`${PROD}:12 flux-system:server: follows its policy, from prod-abc-2 on\n`);
    expect(repository.status()).toBe('');
    expect(repository.publish(tree()).differs).toBe(false);
  });

  test('take a value along, in the quotes and the layout of a file that somebody wrote', async () => {
    await hold(`${HAND}#web`, '--value', '1.4.1');

    expect(repository.read(HAND)).toBe(HAND_WRITTEN.replace('1.4.2', '1.4.1').replace('$imagepolicy', '$imagepolicy-on-hold'));
    await release('web');
    expect(repository.read(HAND)).toBe(HAND_WRITTEN.replace('1.4.2', '1.4.1'));
  });

  test('do nothing the second time, and say so', async () => {
    await hold('server');
    const before = repository.read(PROD);

    expect(await hold('server')).toEqual({ status: 0, stdout: '', stderr: `${PROD}:12 flux-system:server: on hold at prod-abc-2, as before\n` });
    expect(repository.read(PROD)).toBe(before);
  });

  test('show with --dry-run what they would do', async () => {
    const { stdout, stderr } = await hold('server', '--value', 'prod-abc-1', '--dry-run');

    expect(stdout).toContain(`--- a/${PROD}\n+++ b/${PROD}\n`);
    expect(stdout).toContain('-          image: ghcr.io/shop/server:prod-abc-2 # {"$imagepolicy": "flux-system:server"}\n+          image: ghcr.io/shop/server:prod-abc-1 # {"$imagepolicy-on-hold": "flux-system:server"}');
    expect(stderr).toContain('nothing is written: --dry-run\n');
    expect(repository.status()).toBe('');
  });

  test('leave what else is edited in the file', async () => {
    repository.write(HAND, `${HAND_WRITTEN}namePrefix: x-\n`);

    await hold('web');

    expect(repository.read(HAND)).toBe(`${HAND_WRITTEN.replace('$imagepolicy', '$imagepolicy-on-hold')}namePrefix: x-\n`);
  });

  test('keep the line ends of Windows', async () => {
    repository.write(HAND, HAND_WRITTEN.replaceAll('\n', '\r\n'));

    await hold('web', '--value', '1.0.0');

    expect(repository.read(HAND)).toBe(HAND_WRITTEN.replace('1.4.2', '1.0.0').replace('$imagepolicy', '$imagepolicy-on-hold').replaceAll('\n', '\r\n'));
  });

  test.each([
    [['flux-system:sever'], 'no pin has the policy "flux-system:sever"\n  fix: write flux-system:server\n'],
    [['k8s/prd.yaml'], 'no pin stands in k8s/prd.yaml\n  fix: write k8s/prod.yaml\n'],
    [[`${PROD}#web`], `no pin of ${PROD} has the policy "web"\n  fix: fluxwright pins list shows them\n`],
    [[], 'pins hold needs to know which pins\n  fix: name a file, a policy or FILE#POLICY, or say --all\n'],
    [['server', '--value', 'a b'], '--value "a b" is no tag\n  fix: write a tag such as 1.4.2, or a tag with its digest: 1.4.2@sha256:…\n'],
    [['--all', '--value', '1'], '--value 1 is meant for one policy, and there are pins of flux-system:web, flux-system:server\n  fix: name one of them: POLICY or FILE#POLICY\n'],
  ])('refuse %j, and change nothing', async (parameters, message) => {
    expect(await hold(...parameters)).toEqual({ status: 2, stdout: '', stderr: message });
    expect(repository.status()).toBe('');
  });

  test('refuse a file in conflict, and go on with others', async () => {
    repository.git('checkout', '--quiet', '-b', 'other', 'HEAD^');
    repository.replace(PROD, 'prod-abc-1', 'prod-abc-9');
    repository.commit();
    repository.conflicts('merge', '--quiet', 'main');

    expect((await hold('server')).stderr).toBe(`${PROD} cannot be changed: it has conflict markers\n  fix: finish the merge first, or mend the file\n`);
    expect((await hold(HAND)).status).toBe(0);
  });

  test('leave what code holds to code', async () => {
    repository.write(HAND, HAND_WRITTEN.replace('{"$imagepolicy": "flux-system:web:tag"}', '{"$held": "1.4.1", "$imagepolicy-held": "flux-system:web:tag"}'));

    expect((await release('web')).stderr).toBe(`${HAND}:4 is held in code, which decides about it\n  fix: take "hold" off there\n`);
  });
});
