import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { bootstrapped, kustomization } from '../checks/check-tree';
import { folderWith } from '../folders';
import { GithubStandIn } from './github';
import { runAction, type RunResult } from './runner';

const PROJECT = join(__dirname, '..', '..');
const deployment = (image: string): string => `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, image: "${image}"}]}\n`;

let root: string;
let github: GithubStandIn;
let api: string;

/** A clone with a branch that is ahead of origin/main, checked out as actions/checkout does: one commit deep. */
beforeEach(async () => {
  root = folderWith();
  const [origin, author] = [join(root, 'origin.git'), join(root, 'author')];
  git(root, 'init', '--quiet', '--bare', '--initial-branch=main', origin);
  git(root, 'clone', '--quiet', origin, author);
  git(author, 'checkout', '--quiet', '-B', 'main');
  for (const [stage, folder] of [['prod', 'shop'], ['test', 'shop-test']] as const) {
    write(author, { ...bootstrapped(`clusters/${stage}`), [`clusters/${stage}/shop.yaml`]: kustomization('shop', `./${folder}`), [`${folder}/web.yaml`]: deployment('web:1.0.0'), [`${folder}/namespace.yaml`]: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n' });
  }
  commit(author, 'the shop');
  git(author, 'push', '--quiet', 'origin', 'main');
  git(author, 'checkout', '--quiet', '-b', 'newer');
  write(author, { 'shop/web.yaml': deployment('web:1.1.0') });
  commit(author, 'a newer web');
  git(author, 'push', '--quiet', 'origin', 'newer');
  github = new GithubStandIn();
  api = await github.start();
});
afterEach(() => github.stop());

test('a pull request gets a comment with the diff and a label for the stage that changes; both are updated in place', async () => {
  const first = await reviewOf('newer');

  expect(first.codes).toMatchObject({ Check: 0, Diff: 0, 'Tell the pull request': 0, Result: 0 });
  expect(github.writes.splice(0)).toEqual(['POST 7/comments', 'POST 7/labels']);
  expect(github.comments[1]!.body).toMatch(/^<!-- fluxwright diff -->\n/);
  expect(github.comments[1]!.body).toContain('1.0.0 → 1.1.0');
  expect([...github.labels]).toEqual(['diff:prod']);
  expect(first.summary).toContain('1.0.0 → 1.1.0');

  github.labels.add('diff:staging').add('bug');
  push({ 'shop/web.yaml': deployment('web:1.2.0'), 'clusters/prod/shop.yaml': kustomization('shop', './shop', 'dependsOn:\n  - name: nothing') }, 'an even newer web, with a fault');
  const second = await reviewOf('newer');

  // all is said before the finding fails the job
  expect(second.codes).toMatchObject({ Check: 0, Diff: 0, 'Tell the pull request': 0, Result: 1 });
  expect(second.log).toMatch(/^::error .*file=clusters\/prod\/shop\.yaml,line=14/m);
  expect(second.summary).toContain('depends-on-missing');
  expect(github.writes).toEqual(['PATCH comments/2', 'DELETE 7/labels/diff%3Astaging']);
  expect(github.comments[1]!.body).toContain('1.0.0 → 1.2.0');
  expect([...github.labels]).toEqual(['diff:prod', 'bug']);
}, 120_000);

test('a token that may not write, as that of a fork, is no failure', async () => {
  github.isReadOnly = true;

  const { codes, log } = await reviewOf('newer');

  expect(codes).toMatchObject({ 'Tell the pull request': 0, Result: 0 });
  expect(log).toContain('::warning title=fluxwright::could not comment on the pull request: POST /repos/shop/fleet/issues/7/comments was answered with 403');
});

test('what the action takes from others is pinned, and the workflow of this repository runs it on itself', () => {
  const steps = [...readSteps('action.yml', ['runs']), ...readSteps('.github/workflows/fluxwright.yml', ['jobs', 'review']), ...readSteps('.github/workflows/fluxwright.yml', ['jobs', 'test'])];

  const used = steps.flatMap(({ uses }) => uses ?? []);

  expect(used.filter((name) => !/^\.\/$|@v\d+$/.test(name))).toEqual([]);
  expect(used).toContain('./');
  expect(steps.flatMap(({ run }) => run ?? [])).toContain('.ci/run');
});

async function reviewOf(branch: string): Promise<RunResult> {
  const workspace = mkdtempSync(join(root, 'workspace-'));
  git(root, 'clone', '--quiet', '--depth=1', '--branch', branch, `file://${join(root, 'origin.git')}`, workspace);
  const bin = join(workspace, 'node_modules', '.bin', 'fluxwright');
  mkdirSync(dirname(bin), { recursive: true });
  writeFileSync(bin, `#!/bin/sh\nexec node --conditions=fluxwright-source -r ${join(PROJECT, 'node_modules/tsx/dist/cjs/index.cjs')} ${join(PROJECT, 'src/cli/main.ts')} "$@"\n`);
  chmodSync(bin, 0o755);
  writeFileSync(join(workspace, '.git', 'info', 'exclude'), 'node_modules\n');
  const event = join(root, 'event.json');
  writeFileSync(event, JSON.stringify({ pull_request: { number: 7 } }));
  const { NODE_OPTIONS: _, JEST_WORKER_ID: __, ...rest } = process.env;
  return runAction({
    workspace,
    temporary: mkdtempSync(join(root, 'temporary-')),
    inputs: { synth: 'false', rendered: 'false', token: 'secret' },
    github: { event_name: 'pull_request', base_ref: 'main' },
    environment: { ...rest, PATH: [dirname(process.execPath), rest['PATH']].join(delimiter), GITHUB_ACTIONS: 'true', GITHUB_BASE_REF: 'main', GITHUB_API_URL: api, GITHUB_REPOSITORY: 'shop/fleet', GITHUB_EVENT_PATH: event, CI: undefined },
  });
}

function push(files: Readonly<Record<string, string>>, message: string): void {
  const author = join(root, 'author');
  write(author, files);
  commit(author, message);
  git(author, 'push', '--quiet', 'origin', 'newer');
}

function readSteps(file: string, path: readonly string[]): { readonly uses?: string; readonly run?: string }[] {
  let data = parse(readFileSync(join(PROJECT, file), 'utf8')) as Record<string, unknown>;
  for (const step of path) data = data[step] as Record<string, unknown>;
  return data['steps'] as { uses?: string; run?: string }[];
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function commit(folder: string, message: string): void {
  git(folder, 'add', '--all');
  git(folder, '-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '--quiet', '-m', message);
}

function git(folder: string, ...parameters: string[]): void {
  execFileSync('git', parameters, { cwd: folder, stdio: 'pipe' });
}
