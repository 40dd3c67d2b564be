import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { history } from '../../src/cli/commands/history';
import { showTime } from '../../src/cli/local-time';
import { Repository } from '../publish/repository';
import { call, type Called } from './call';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 1, 25, 6);

const deployment = (tag: string, name = 'web'): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec: { template: { spec: { containers: [{ name: web, image: "ghcr.io/example/web:${tag}" }] } } }
`;
const AUTOMATION = `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageUpdateAutomation
metadata: { name: images, namespace: flux-system }
spec: { git: { commit: { author: { name: Fluxy, email: fluxy@example.com } } } }
`;

/** A repository whose clock a test turns: each commit is an hour after the one before. */
class Chronicle {
  readonly repository = Repository.create();
  readonly times = new Map<string, number>();
  private hours = 0;

  commit(message: string, files: Readonly<Record<string, string>> = {}, author = 'Ann <ann@example.com>'): string {
    for (const [path, text] of Object.entries(files)) this.repository.write(path, text);
    this.repository.git('add', '--all');
    return this.run('commit', '--quiet', '--allow-empty', '-m', message, `--author=${author}`);
  }

  /** Any git command that makes a commit. */
  run(...parameters: string[]): string {
    const time = START + HOUR * this.hours++;
    const date = `${time / 1000} +0000`;
    execFileSync('git', ['-c', 'user.name=Ann', ...parameters], { cwd: this.repository.root, stdio: 'ignore', env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, GIT_EDITOR: 'true' } });
    const id = this.repository.git('rev-parse', 'HEAD').trim();
    this.times.set(id, time);
    return id;
  }

  /** `2026-02-25 …  abc123`, as the output begins. */
  told(id: string): string {
    return `${this.when(id)}  ${id.slice(0, 9)}`;
  }

  when(id: string): string {
    return showTime(this.times.get(id)!);
  }

  async ask(...parameters: string[]): Promise<Called> {
    return call(history, parameters, this.repository.root);
  }
}

let chronicle: Chronicle;
beforeEach(() => (chronicle = new Chronicle()));
afterEach(() => chronicle.repository.remove());

/** Stages are branches, each with a folder, over one base. */
function stages(): { readonly start: string; readonly bot: string; readonly dev: string; readonly prod: string } {
  const files = {
    'base/kustomization.yaml': 'resources: [web.yaml]\n', 'base/web.yaml': deployment('1.0'), 'auto.yaml': AUTOMATION,
    'clusters/dev/kustomization.yaml': 'resources: [../../base]\n', 'clusters/prod/kustomization.yaml': 'resources: [../../base]\n',
  };
  const start = chronicle.commit('start', files);
  chronicle.repository.git('branch', 'dev');
  chronicle.repository.git('branch', 'prod');
  const bot = chronicle.commit('update images [ci skip]', { 'base/web.yaml': deployment('1.1') }, 'Fluxy <fluxy@example.com>');
  chronicle.repository.git('checkout', '--quiet', 'dev');
  const dev = chronicle.run('merge', '--no-ff', '-m', 'to dev', 'main');
  chronicle.repository.git('checkout', '--quiet', 'prod');
  const prod = chronicle.run('merge', '--no-ff', '-m', 'to prod', 'dev');
  return { start, bot, dev, prod };
}

test('a version arrives on a stage with the merge, and is by whoever set it', async () => {
  const { start, bot, prod } = stages();

  expect(await chronicle.ask('prod')).toEqual({
    status: 0, stderr: '',
    stdout: `${chronicle.told(prod)}  Ann  to prod
  ghcr.io/example/web 1.0 → 1.1  Deployment web in base/web.yaml, by Fluxy (bot) in ${bot.slice(0, 9)} of ${chronicle.when(bot)}

${chronicle.told(start)}  Ann  start
  ghcr.io/example/web 1.0, new  Deployment web in base/web.yaml
  and 2 files: base/kustomization.yaml, clusters/prod/kustomization.yaml
`,
  });
});

test('a base that a stage took in later is followed all the same, and a note says so', async () => {
  chronicle.commit('start', { 'base/web/kustomization.yaml': 'resources: [web.yaml]\n', 'base/web/web.yaml': deployment('1.0'), 'base/busybox/kustomization.yaml': 'resources: [box.yaml]\n', 'base/busybox/box.yaml': deployment('9.0', 'box'), 'clusters/prod/kustomization.yaml': 'resources: [../../base/web]\n' });
  const before = await chronicle.ask('clusters/prod');
  chronicle.commit('take the box', { 'clusters/prod/kustomization.yaml': 'resources: [../../base/web, ../../base/busybox]\n' });

  const [after, then] = [await chronicle.ask('clusters/prod'), await chronicle.ask('clusters/prod', '--at', new Date(START + 60_000).toISOString())];

  expect([before.stderr, then.stderr]).toEqual(['', '']);
  expect(after.stderr).toBe('note: clusters/prod is followed through all that it is made from now, also from before it took that in; what it had at a time: --at TIME\n');
  expect([after.stdout, then.stdout].map((text) => text.includes('Deployment box'))).toEqual([true, false]);
});

test('at a time, a stage had what had arrived on its branch, not what was written elsewhere', async () => {
  const { start, bot, prod } = stages();
  const at = (id: string): string => new Date(chronicle.times.get(id)! + 60_000).toISOString();

  const before = await chronicle.ask('prod', '--at', at(bot));
  const after = await chronicle.ask('prod', '--at', at(prod));

  expect(before.stdout).toBe(`clusters/prod on prod at ${showTime(chronicle.times.get(bot)! + 60_000)}: ${start.slice(0, 9)} start, there since ${chronicle.when(start)}, by Ann
  ghcr.io/example/web 1.0  Deployment web in base/web.yaml  since ${chronicle.when(start)}, ${start.slice(0, 9)} by Ann
`);
  expect(after.stdout).toBe(`clusters/prod on prod at ${showTime(chronicle.times.get(prod)! + 60_000)}: ${prod.slice(0, 9)} to prod, there since ${chronicle.when(prod)}, by Ann
  ghcr.io/example/web 1.1  Deployment web in base/web.yaml  since ${chronicle.when(prod)}, ${prod.slice(0, 9)} by Ann, by Fluxy (bot) in ${bot.slice(0, 9)} of ${chronicle.when(bot)}
`);
});

test('programs get the same with how a bot was told from a person', async () => {
  const { bot } = stages();

  const { stdout } = await chronicle.ask('dev', '--image', 'web', '--since', new Date(START + 1).toISOString(), '--format', 'json');

  const { of, knownSince, arrivals: [arrival, ...others] } = JSON.parse(stdout) as { of: string; knownSince: null; arrivals: { versions: { before: object; after: object; origin: object }[]; files: object[] }[] };
  expect({ of, knownSince, others }).toEqual({ of: 'clusters/dev on dev', knownSince: null, others: [] });
  expect(arrival!.files).toEqual([{ path: 'base/web.yaml', change: 'changed' }]);
  expect(arrival!.versions).toEqual([{
    before: { type: 'image', name: 'ghcr.io/example/web', version: '1.0', file: 'base/web.yaml', object: 'Deployment web', field: 'spec.template.spec.containers[name=web].image' },
    after: { type: 'image', name: 'ghcr.io/example/web', version: '1.1', file: 'base/web.yaml', object: 'Deployment web', field: 'spec.template.spec.containers[name=web].image' },
    origin: {
      id: bot, subject: 'update images [ci skip]', authored: '2026-02-25T07:00:00.000Z', committed: '2026-02-25T07:00:00.000Z', parents: [expect.any(String)],
      author: { name: 'Fluxy', email: 'fluxy@example.com', type: 'bot', because: 'ImageUpdateAutomation flux-system/images commits as Fluxy <fluxy@example.com>' },
    },
  }]);
});

test('a file that was moved is one file, also where the merge that brought it changed it', async () => {
  const { prod } = stages();
  chronicle.repository.git('checkout', '--quiet', 'main');
  const hand = chronicle.commit('by hand', { 'base/web.yaml': deployment('1.2') });
  chronicle.repository.git('mv', 'base/web.yaml', 'base/deployment.yaml');
  const moved = chronicle.commit('move', { 'base/kustomization.yaml': 'resources: [deployment.yaml]\n' });
  chronicle.repository.git('checkout', '--quiet', 'prod');
  const merge = chronicle.run('merge', '--no-ff', '-m', 'to prod again', 'main');
  chronicle.repository.git('checkout', '--quiet', 'main');
  const revert = chronicle.run('revert', '--no-edit', hand);
  chronicle.repository.git('checkout', '--quiet', 'prod');
  const back = chronicle.run('merge', '--no-ff', '-m', 'take it back', 'main');

  const { stdout } = await chronicle.ask('prod', '--since', new Date(chronicle.times.get(prod)! + 1).toISOString());

  expect(stdout).toBe(`${chronicle.told(back)}  Ann  take it back
  ghcr.io/example/web 1.2 → 1.1, as it was since ${chronicle.when(prod)}  Deployment web in base/deployment.yaml, by Ann in ${revert.slice(0, 9)} of ${chronicle.when(revert)}, which takes back ${hand.slice(0, 9)}

${chronicle.told(merge)}  Ann  to prod again
  ghcr.io/example/web 1.1 → 1.2  Deployment web in base/deployment.yaml, by Ann in ${hand.slice(0, 9)} of ${chronicle.when(hand)}
  and one file: base/kustomization.yaml
  it also brought one commit that changed files of these: ${moved.slice(0, 9)} Ann
`);
});

test('a table is for reports', async () => {
  const { start, bot, dev } = stages();

  expect((await chronicle.ask('dev', '--image', 'ghcr.io/example/web', '--format', 'markdown')).stdout).toBe(`### History of clusters/dev on dev

| when | commit | by | what |
| --- | --- | --- | --- |
| ${chronicle.when(dev)} | \`${dev.slice(0, 9)}\` (\`${bot.slice(0, 9)}\`) | Fluxy (bot) | ghcr.io/example/web 1.0 → 1.1 |
| ${chronicle.when(start)} | \`${start.slice(0, 9)}\` | Ann | ghcr.io/example/web 1.0, new |
`);
});

test('a shallow clone says where its knowledge ends, and refuses only what lies beyond', async () => {
  const { dev, prod } = stages();
  const clone = mkdtempSync(join(tmpdir(), 'fluxwright-shallow-'));
  try {
    execFileSync('git', ['clone', '--quiet', '--depth', '1', '--branch', 'prod', `file://${chronicle.repository.root}`, clone], { stdio: 'ignore' });
    const ask = async (...parameters: string[]): Promise<Called> => call(history, parameters, clone);
    const end = `this clone is shallow: nothing is known before ${chronicle.when(prod)} (${prod.slice(0, 9)}); "git fetch --unshallow" brings the rest\n`;

    expect(await ask('clusters/prod')).toEqual({ status: 0, stderr: '', stdout: `nothing of clusters/prod on prod changed\n\n${end}` });
    expect((await ask('clusters/prod', '--at', 'now')).stdout).toContain('  ghcr.io/example/web 1.1  Deployment web in base/web.yaml  since before this clone begins\n');
    const early = new Date(chronicle.times.get(dev)!).toISOString();
    const refused = { status: 2, stdout: '', stderr: `this clone is shallow: of prod, it has nothing from before ${chronicle.when(prod)}, and ${chronicle.when(dev)} is asked about\n  fix: run: git fetch --unshallow\n` };
    expect(await ask('clusters/prod', '--at', early)).toEqual(refused);
    expect(await ask('clusters/prod', '--since', early)).toEqual(refused);
  } finally {
    rmSync(clone, { recursive: true, force: true });
  }
});

test.each([
  [['prodd'], '"prodd" is no branch, and no cluster, folder, file, Flux Kustomization or object on prod\n  fix: write prod\n'],
  [['something-else'], '"something-else" is no branch, and no cluster, folder, file, Flux Kustomization or object on prod\n  fix: name one of them\n'],
  [['--branch', 'nope'], 'nope is no commit that this clone has\n  fix: name a commit, a tag or a branch\n'],
  [['--branch', '--all'], '--all is no commit that this clone has\n  fix: name a commit, a tag or a branch\n'],
  [['--format', 'html'], 'there is no format "html"\n  fix: take one of text, json, markdown\n'],
  [['--at', 'now', '--since', 'yesterday'], '--at asks for one time, --since and --until for what happened between two\n  fix: take --at, or the others\n'],
])('%j is refused with what to do', async (parameters, message) => {
  stages();

  expect(await chronicle.ask(...parameters)).toEqual({ status: 2, stdout: '', stderr: message });
});

test('a time before the first commit is no error of the clone', async () => {
  const { start } = stages();

  const { status, stderr } = await chronicle.ask('--at', '2020-01-01T00:00:00Z');

  expect({ status, stderr }).toEqual({ status: 2, stderr: `prod begins at ${chronicle.when(start)}, after ${showTime(Date.UTC(2020, 0, 1))}\n  fix: name a later time\n` });
});

test('an image that was never there is no image without changes', async () => {
  stages();

  const told = async (image: string): Promise<string> => (await chronicle.ask('prod', '--image', image)).stderr;

  expect(await told('wbe')).toBe('clusters/prod on prod never had an image, chart or source called "wbe"\n  fix: write web\n');
  expect(await told('example')).toContain('fix: write ghcr.io/example/web\n');
  expect(await told('postgresql')).toContain('fix: there is ghcr.io/example/web\n');
});

test('a cluster by its path has what its Flux Kustomizations apply, as by its name', async () => {
  const sync = 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: apps, namespace: flux-system }\nspec: { interval: 1m, path: ./apps/prod, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }\n';
  chronicle.commit('start', { 'clusters/prod/apps.yaml': sync, 'apps/prod/kustomization.yaml': 'resources: [web.yaml]\n', 'apps/prod/web.yaml': deployment('1.0') });

  const byPath = await chronicle.ask('clusters/prod');

  expect(byPath.stdout).toContain('ghcr.io/example/web 1.0, new  Deployment web in apps/prod/web.yaml');
  expect(byPath).toEqual(await chronicle.ask('prod', '--branch', 'HEAD'));
});

test('a stage may be an object, which has what its file and the kustomization files over it say', async () => {
  const files = { 'base/kustomization.yaml': 'resources: [shop.yaml]\n', 'base/shop.yaml': deployment('1.0', 'cart'), 'base/other.yaml': deployment('7.0', 'other') };
  const start = chronicle.commit('start', { ...files, 'prod/kustomization.yaml': 'resources: [../base]\nimages: [{ name: ghcr.io/example/web, newTag: "1.0" }]\n' });
  const later = chronicle.commit('cart: 1.1', { 'prod/kustomization.yaml': 'resources: [../base]\nimages: [{ name: ghcr.io/example/web, newTag: "1.1" }]\n', 'base/other.yaml': deployment('8.0', 'other') });

  for (const name of ['cart', 'deployment/cart']) {
    const { stdout, status } = await chronicle.ask(name);

    expect(status).toBe(0);
    expect(stdout).toContain(later.slice(0, 9));
    expect(stdout).toContain(start.slice(0, 9));
    expect(stdout).toContain('1.0 → 1.1');
    expect(stdout).not.toContain('8.0');
  }
});
