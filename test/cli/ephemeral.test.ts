import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Base, Cluster, Directory, EphemeralEnvironment, FluxKustomization, FluxSystem, GitopsApp, ImagePolicy, ImageRepository, ImageUpdateAutomation, initdb, k8s, NamespaceDirectory, Overlay, PostgresCluster, readEnvironments } from '../../src';
import { ephemeralAdd } from '../../src/cli/commands/ephemeral-add';
import { ephemeralList } from '../../src/cli/commands/ephemeral-list';
import { ephemeralPrune } from '../../src/cli/commands/ephemeral-prune';
import { ephemeralRemove } from '../../src/cli/commands/ephemeral-remove';
import type { Command } from '../../src/cli/command';
import { namespaceForBranch } from '../../src/environments/branch-namespace';
import { publish } from '../../src/publish/publish';
import { folderWith } from '../folders';
import { Repository } from '../publish/repository';
import { call, type Called } from './call';

let repository: Repository;
const FILE = 'environments.yaml';
const OVERLAY = 'k8s/server/ephemeral/application/deployment.yaml';
const SETTINGS = `# who may have one: ask the team
most: 3
branchMarkers:
  - path: k8s/server/ephemeral # what branches deploy
    policy: flux-system:server
    becomes: flux-system:\${NAMESPACE}-server
environments: []
`;

/** A platform with production and the environments that the file lists. */
function synth(): readonly string[] {
  const app = new GitopsApp({ name: 'shop', root: repository.root });
  const cluster = new Cluster(app, 'production');
  const flux = new FluxSystem(cluster, 'flux-system', { url: 'ssh://git@github.com/example/shop' });
  const server = new NamespaceDirectory(cluster, 'server', { hasKustomization: false });
  const images = new ImageRepository(server, 'image', { name: 'server', image: 'ghcr.io/shop/server' });
  const policy = new ImagePolicy(server, 'policy', { name: 'server', repository: images, numerical: 'asc', filterTags: { pattern: '^prod-(?P<ts>[0-9]+)$', extract: '$ts' } });
  const ephemeral = new Directory(server, 'ephemeral', { hasKustomization: false, variables: ['BRANCH_NAME'] });
  const infrastructure = new Directory(ephemeral, 'infrastructure', { namespace: 'default' });
  new k8s.KubeServiceAccount(infrastructure, 'rights', { metadata: { name: 'rights-${BRANCH_NAME}' } });
  const database = new Directory(ephemeral, 'database', { namespace: '${BRANCH_NAME}' });
  new k8s.KubeNamespace(database, 'namespace', { metadata: { name: '${BRANCH_NAME}' } });
  new PostgresCluster(database, 'pg', { storage: { size: '1Gi' }, bootstrap: initdb() });
  const application = new Overlay(ephemeral, 'application', { bases: [new Base(server, 'base')], namespace: '${BRANCH_NAME}' });
  new k8s.KubeDeployment(application, 'deployment', {
    metadata: { name: 'server' },
    spec: { selector: { matchLabels: { app: 'server' } }, template: { metadata: { labels: { app: 'server' } }, spec: { containers: [{ name: 'server', image: policy.pin('ghcr.io/shop/server:prod-1') }] } } },
  });
  const instances = new Directory(server, 'instances', { namespace: 'flux-system' });
  new FluxKustomization(server, 'instances-sync', { applies: instances });
  new ImageUpdateAutomation(server, 'updates', { updates: server });
  for (const { branch, namespace, pin, removing } of readEnvironments(app)) {
    new EphemeralEnvironment(instances, branch, { namespace, removing, pin, source: flux.source, infrastructure, database, application, image: { repository: images, tag: pin === 'branch' ? undefined : 'prod-1' } });
  }
  return publish(app.toTree(), { root: repository.root, project: 'shop', directory: 'k8s' }).notes;
}

const run = (command: Command, ...parameters: string[]): Promise<Called> => call(command, parameters, repository.root);
const kustomizations = (branch: string): string[] => [...repository.read(`k8s/server/instances/${branch}-sync.yaml`).matchAll(/kind: Kustomization\nmetadata:\n {2}name: (\S+)/g)].map(([, name]) => name!);

let template = '';

beforeAll(() => {
  repository = Repository.create();
  const remote = join(repository.root, '.git', 'origin.git');
  repository.git('init', '--quiet', '--bare', '--template=', '--initial-branch=main', remote);
  repository.git('remote', 'add', 'origin', remote);
  repository.write(FILE, SETTINGS);
  repository.write('k8s/web.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n');
  synth();
  repository.commit('platform');
  for (const branch of ['dev', 'feature/Search', 'other']) repository.git('branch', branch);
  repository.git('push', '--quiet', '--all', 'origin');
  repository.git('fetch', '--quiet');
  template = repository.root;
});

/** A copy, with the remote in it. */
beforeEach(() => {
  const root = folderWith();
  cpSync(template, root, { recursive: true });
  repository = new Repository(root);
  repository.git('remote', 'set-url', 'origin', join(root, '.git', 'origin.git'));
});
afterAll(() => rmSync(template, { recursive: true }));

describe('ephemeral add', () => {
  test('says in a repository without a platform that nothing reads the file', async () => {
    const folder = folderWith({ 'k8s/web.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n' });

    const { status, stderr } = await call(ephemeralAdd, ['dev'], folder);

    expect([status, stderr.split('\n').slice(1)]).toEqual([0, [
      'dev gets an environment in the namespace dev',
      'environments.yaml is new: nothing reads it before a platform does, with readEnvironments: no cdk8s.yaml is here, and no environment comes up by this file alone',
      '',
    ]]);
  });

  test('lists an environment, which the platform then has, and keeps what people wrote in the file', async () => {
    const { status, stderr } = await run(ephemeralAdd, 'feature/Search', '--ttl', '14d', '--empty');

    expect([status, stderr]).toEqual([0, `feature/Search gets an environment in the namespace feature-search-ccc993c01338
next: npx fluxwright synth, then commit and push to the branch that Flux reads
to watch it come up: flux get kustomizations --watch; kubectl -n feature-search-ccc993c01338 get pods
`]);
    expect(repository.read(FILE).replace(/created: \S+/, 'created: NOW')).toBe(`${SETTINGS.replace(' []\n', '')}
  - branch: feature/Search
    namespace: feature-search-ccc993c01338
    database: empty
    created: NOW
    ttl: 14d
`);
    synth();
    expect(kustomizations('feature-search-ccc993c01338')).toEqual(['infra', 'postgres', 'app'].map((step) => `feature-search-ccc993c01338-${step}`));
  });

  test('does nothing the second time', async () => {
    await run(ephemeralAdd, 'dev');
    const before = repository.read(FILE);

    expect(await run(ephemeralAdd, 'dev')).toEqual({ status: 0, stdout: '', stderr: 'dev has its environment in dev: nothing to do\n' });
    expect(repository.read(FILE)).toBe(before);
  });

  test('shows with --dry-run what it would do', async () => {
    const { stdout, stderr } = await run(ephemeralAdd, 'dev', '--pin', 'branch', '--dry-run');

    expect(stdout).toContain('+  - branch: dev\n+    namespace: dev\n+    pin: branch\n');
    expect(stdout).toContain(`--- a/${OVERLAY}`);
    expect(stderr).toBe(`${OVERLAY}: in the branch dev\nnothing is written: --dry-run\n`);
    expect(repository.status()).toBe('');
  });

  test.each([
    [['feature/serch'], 'there is no branch "feature/serch", here or in origin\n  fix: write feature/Search\n'],
    [['a b'], '"a b" is no name that Git takes for a branch\n  fix: name an existing branch\n'],
    [['dev', '--namespace', 'web'], 'the environment of dev would live in the namespace web, which k8s/web.yaml:1 (Namespace web) has\n  fix: name another: --namespace NAME\n'],
    [['dev', '--namespace', 'kube-x'], '--namespace kube-x is none that an environment can have\n'],
    [['dev', '--ttl', 'soon'], '--ttl soon is no time to live\n  fix: write a number of hours, days or weeks, such as 36h, 14d or 2w\n'],
    [['dev', '--file', 'enviroments.yaml'], 'there is no file enviroments.yaml\n  fix: write --file environments.yaml\n'],
    [['dev', '--empty', '--from-backup'], '--from-backup and --empty are given\n'],
  ])('refuses %j, and changes nothing', async (parameters, message) => {
    const { status, stdout, stderr } = await run(ephemeralAdd, ...parameters);

    expect({ status, stdout, stderr: stderr.slice(0, message.length) }).toEqual({ status: 2, stdout: '', stderr: message });
    expect(repository.status()).toBe('');
  });

  test('refuses a namespace that another environment has, and one more than there may be', async () => {
    for (const branch of ['dev', 'feature/Search', 'other']) await run(ephemeralAdd, branch);

    expect((await run(ephemeralAdd, 'main', '--namespace', 'dev')).stderr).toBe('the environment of main would live in the namespace dev, as that of dev does\n  fix: remove that one, or name another: --namespace NAME\n');
    expect((await run(ephemeralAdd, 'main')).stderr).toBe('there are 3 environments, and 3 may be at once\n  fix: remove one: fluxwright ephemeral list, or raise "most" in the file\n');
  });

  test('works without a network, and says what it could not ask', async () => {
    repository.git('remote', 'set-url', 'origin', '/nowhere');

    const { status, stderr } = await run(ephemeralAdd, 'unheard-of');

    expect(status).toBe(0);
    expect(stderr).toContain('the branch unheard-of is not in this clone, and the branches of origin cannot be asked for: ');
  });

  test('says everything that is wrong in the file, with its lines', async () => {
    repository.write(FILE, 'mots: 3\nttl: 1y\nenvironments:\n  - branch: a..b\n    namespace: "123"\n  - branch: x\n    namespace: x\n  - branch: x\n    namespace: z\n');

    expect((await run(ephemeralAdd, 'dev')).stderr).toBe(`environments.yaml:1 has "mots", which nobody reads
  fix: write "most"
environments.yaml:2 has "ttl" "1y"
  fix: write a number of days or hours, such as 14d or 36h
environments.yaml:4 has the branch "a..b", which Git takes for none
  fix: name a branch
environments.yaml:5 has the namespace "123"
  fix: name one of lower-case letters, digits and "-" that is no number and not the cluster's; "fluxwright ephemeral add" makes one
environments.yaml:8 has the branch x, as another entry has
  fix: take one of them out, or change it
`);
  });
});

describe('ephemeral add --pin branch', () => {
  const MARKER = '{"$imagepolicy": "flux-system:dev-server", "$imagepolicy-in-branch": "dev"}';

  test("marks the branch's images for its own policy, as a commit there, and touches no working copy", async () => {
    repository.write('notes.txt', 'being written\n');

    const { status, stderr } = await run(ephemeralAdd, 'dev', '--pin', 'branch');

    expect([status, stderr]).toEqual([0, expect.stringContaining('the branch dev has a commit that marks its images; push it: git push origin dev\n')]);
    expect(repository.git('diff', 'main', 'dev', '--name-only')).toBe(`${OVERLAY}\n`);
    expect(repository.git('show', `dev:${OVERLAY}`)).toContain(`image: ghcr.io/shop/server:prod-1 # ${MARKER}\n`);
    expect(repository.git('log', '-1', '--format=%s', 'dev')).toBe('mark images for the environment dev\n');
    expect(repository.status()).toBe(` M ${FILE}\n?? notes.txt\n`);
    expect((await run(ephemeralAdd, 'dev', '--pin', 'branch')).stderr).toBe('dev has its environment in dev: nothing to do\n');
  });

  test('merging the branch back brings neither the marker nor the tag home', async () => {
    await run(ephemeralAdd, 'dev', '--pin', 'branch');
    synth();
    repository.commit('environment');
    repository.git('checkout', '--quiet', 'dev');
    synth();
    repository.replace(OVERLAY, 'server:prod-1', 'server:dev-05103d8f-17');
    repository.commit('bot');
    synth();
    expect(repository.status()).toBe('');
    repository.git('checkout', '--quiet', 'main');
    repository.git('merge', '--quiet', '--no-edit', 'dev');

    expect(synth()).toContain(`pin flux-system:dev-server (${OVERLAY}): dev-05103d8f-17 and its marker belong to the branch dev, and stay there`);

    expect(repository.read(OVERLAY)).toContain('image: ghcr.io/shop/server:prod-1 # {"$imagepolicy": "flux-system:server"}\n');
  });

  test('makes a patch where the branch is checked out', async () => {
    repository.git('checkout', '--quiet', 'dev');
    const refused = await run(ephemeralAdd, 'dev', '--pin', 'branch');
    expect([refused.status, repository.status()]).toEqual([2, '']);
    expect(refused.stderr).toContain(`the branch dev is checked out in ${repository.root}`);

    const { stdout } = await run(ephemeralAdd, 'dev', '--pin', 'branch', '--patch');

    repository.write('marker.patch', `${stdout}`);
    repository.git('apply', 'marker.patch');
    expect(repository.read(OVERLAY)).toContain(MARKER);
  });

  test.each([
    ['a policy that no marker names', 'policy: flux-system:server', 'policy: flux-system:sever', 'the branch dev has no marker for flux-system:sever below k8s/server/ephemeral\n  fix: write policy: flux-system:server in environments.yaml\n'],
    ['no word of the markers', SETTINGS.slice(SETTINGS.indexOf('branchMarkers'), SETTINGS.indexOf('environments:')), '', 'environments.yaml does not say which markers a branch changes\n  fix: add "branchMarkers:" with path, policy and becomes, or leave out --pin branch\n'],
  ])('refuses %s, and changes nothing', async (_, from, to, message) => {
    repository.replace(FILE, from, to);
    const before = repository.git('rev-parse', 'dev');

    expect(await run(ephemeralAdd, 'dev', '--pin', 'branch')).toEqual({ status: 2, stdout: '', stderr: message });
    expect([repository.git('rev-parse', 'dev'), repository.read(FILE)]).toEqual([before, SETTINGS.replace(from, to)]);
  });
});

describe('ephemeral list', () => {
  test('shows age, time left, and whether the branch is in the remote', async () => {
    repository.write(FILE, `ttl: 10d\nenvironments:\n  - {branch: dev, namespace: dev, created: "${new Date(Date.now() - 3 * 86_400_000 - 60_000).toISOString()}"}\n  - {branch: gone, namespace: gone, created: "2026-01-01T00:00:00Z", ttl: 1d, removing: true}\n`);

    const { stdout, stderr } = await run(ephemeralList);

    expect(stdout.split('\n')[0]).toBe(`dev   dev   not synthesized  3d old  ${' '.repeat(stdout.indexOf('6d') - stdout.indexOf('3d old') - 8)}6d 23h left  ${' '.repeat(stdout.indexOf('in origin') - stdout.indexOf('6d 23h left') - 13)}in origin`);
    expect(stdout.split('\n')[1]).toMatch(/^gone {2}gone {2}removing {9}\S.* old +over for \S.* +gone from origin$/);
    expect(stderr).toBe('2 of at most 10 environments, in environments.yaml\n');
  });

  test('is data for programs, and needs no network', async () => {
    await run(ephemeralAdd, 'dev');
    repository.git('remote', 'set-url', 'origin', '/nowhere');

    const { stdout, status } = await run(ephemeralList, '--format', 'json');

    expect([status, JSON.parse(stdout)]).toMatchObject([0, { most: 3, environments: [{ branch: 'dev', namespace: 'dev', state: 'not synthesized', ttl: null, isInRemote: null, database: 'backup', pin: 'instance' }] }]);
  });
});

describe('ephemeral remove and prune', () => {
  const bringUp = async (branch: string) => {
    await run(ephemeralAdd, branch);
    synth();
    repository.commit('up');
  };

  test('remove takes application and database first, and the rest when that is committed', async () => {
    await bringUp('dev');

    expect((await run(ephemeralRemove, 'dev')).stderr).toBe(`dev: application and database go first, the rest when they are gone: kubectl -n flux-system wait --for=delete kustomization/dev-postgres kustomization/dev-app --timeout=30m && kubectl wait --for=delete namespace/dev --timeout=30m && fluxwright ephemeral remove dev
next: npx fluxwright synth, then commit and push to the branch that Flux reads
`);
    expect((await run(ephemeralRemove, 'dev')).stderr).toContain('the database of dev is still in the tree, which has to go before the rest\n  fix: run fluxwright synth');
    synth();
    expect(kustomizations('dev')).toEqual(['dev-infra']);
    expect((await run(ephemeralRemove, 'dev')).stderr).toContain('the database of dev is still in the last commit');
    repository.commit('first step');

    expect((await run(ephemeralRemove, 'dev')).stderr).toContain('dev: the rest goes; to see it go: kubectl -n flux-system get gitrepository/dev\n');
    synth();
    expect([repository.has('k8s/server/instances/dev-sync.yaml'), repository.read(FILE)]).toEqual([false, SETTINGS]);
  });

  test('remove takes out at once what was never synthesized, or what somebody wants gone at once', async () => {
    await run(ephemeralAdd, 'other');
    expect((await run(ephemeralRemove, 'other')).stderr).toContain('other: all of it goes\n');

    await bringUp('dev');
    await run(ephemeralRemove, 'dev', '--at-once');
    expect(repository.read(FILE)).toBe(SETTINGS);
  });

  test('remove names the nearest branch', async () => {
    await run(ephemeralAdd, 'feature/Search');

    expect((await run(ephemeralRemove, 'feature/Serach')).stderr).toBe('environments.yaml lists no environment of the branch "feature/Serach"\n  fix: write feature/Search\n');
  });

  test('prune takes down those whose branch is gone in the remote, and leaves the last step to a person', async () => {
    await bringUp('dev');
    await bringUp('other');
    expect((await run(ephemeralPrune)).stderr).toBe('no environment is to go: every branch is in origin\n');
    repository.git('push', '--quiet', 'origin', ':dev');

    expect((await run(ephemeralPrune, '--dry-run')).stdout).toContain('+    removing: true');
    expect(repository.status()).toBe('');
    await run(ephemeralPrune);
    synth();
    repository.commit('first step');

    expect((await run(ephemeralPrune)).stderr).toBe('dev: the rest can go when its database is gone: kubectl wait --for=delete namespace/dev --timeout=30m && fluxwright ephemeral remove dev\n');
    await run(ephemeralPrune, '--finish');
    expect(repository.read(FILE)).not.toContain('branch: dev');
    expect(repository.read(FILE)).toContain('branch: other');
  });

  test('prune --expired takes down those whose time is over', async () => {
    repository.write(FILE, 'environments:\n  - {branch: dev, namespace: dev, created: "2026-01-01T00:00:00Z", ttl: 1d}\n  - {branch: other, namespace: other}\n');

    await run(ephemeralPrune, '--expired');

    expect(repository.read(FILE)).toBe('environments:\n  - { branch: other, namespace: other }\n');
  });

  test.each([
    ['a remote that does not answer', () => repository.git('remote', 'set-url', 'origin', '/nowhere'), 'the branches of origin cannot be asked for: '],
    ['a remote that has no branch at all', () => repository.git('remote', 'set-url', 'origin', folderWithBareRepository()), 'origin says that it has no branch at all\n'],
  ])('prune stops at %s, and changes nothing', async (_, change, message) => {
    await bringUp('dev');
    change();
    const before = repository.read(FILE);

    const { status, stderr } = await run(ephemeralPrune);

    expect([status, stderr.slice(0, message.length), repository.read(FILE)]).toEqual([2, message, before]);
  });
});

function folderWithBareRepository(): string {
  const folder = folderWith();
  repository.git('init', '--quiet', '--bare', folder);
  return folder;
}

test('the namespace in the file is the one that CI makes of the branch', async () => {
  const branch = 'a-branch-whose-name-goes-on-and-on-and-never-ends';
  repository.git('branch', branch);
  await run(ephemeralAdd, branch);

  expect(repository.read(FILE)).toContain(`namespace: ${namespaceForBranch(branch, 23)}\n`);
});
