import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { bootstrapped, checkTree, kustomization } from './check-tree';
import { Dice, bugIn, fileOf, mutate } from './mutations';

const project = join(__dirname, '../..');

/** What every tree gets beside its own files, so that it is broken, too. */
const SETTINGS: Readonly<Record<string, string>> = {
  'fluxwright.yaml': 'checks:\n  kubernetes: "1.34"\n  flux: "2.8"\n  outsiders:\n    - Secret/*\n  exclude:\n    - examples/\n  ignore:\n    - rule: image-without-tag\n      path: apps/\n      object: Deployment/web\n      reason: a demo\n',
  '.sops.yaml': 'creation_rules:\n  - path_regex: .*secret.*\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    age: age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq\n',
  '.sourceignore': '/docs/\n!/docs/keep\n*.md\n[a-z\n',
};

/** A hundred here, some 100 ms each; `MUTATIONS=10000 npx jest test/checks/hostile` tries more, `MUTATIONS_SEED=7` others. */
const COUNT = Number(process.env['MUTATIONS'] ?? 100);
const SEED = Number(process.env['MUTATIONS_SEED'] ?? 1);
/** Of other repositories: `MUTATIONS_TREES=/path/to/one:/path/to/another`. */
const TREES = process.env['MUTATIONS_TREES']?.split(':') ?? [project];

test(`${COUNT} broken trees end in findings, or in an error that says what to do`, async () => {
  const trees = TREES.map((root) => filesBelow(root, root === project ? ['k8s'] : readdirSync(root)));
  const dice = new Dice(SEED);
  const bugs: string[] = [];
  let slowest = 0;

  for (let round = 0; round < COUNT; round++) {
    const files = new Map(dice.pick(trees));
    const broken = Array.from({ length: 1 + dice.roll(3) }, () => dice.pick([...files.keys()]));
    for (const path of broken) files.set(path, fileOf(path, mutate(files.get(path)!.bytes, dice)));
    const start = process.cpuUsage().user;
    const bug = await bugIn(files);
    const milliseconds = (process.cpuUsage().user - start) / 1000;
    slowest = Math.max(slowest, milliseconds);
    if (milliseconds > 8000) bugs.push(`${round} (${broken.join()}): takes ${milliseconds} ms`);
    if (bug !== undefined) bugs.push(`${round} (${broken.join()}): ${bug}`);
  }

  if (COUNT > 1000) process.stderr.write(`slowest ${slowest} ms, ${Math.round(process.memoryUsage().rss / 1e6)} MB\n`);
  expect(bugs).toEqual([]);
}, 3_600_000);

function filesBelow(root: string, below: readonly string[]) {
  const paths = below.flatMap((path) => (statSync(join(root, path)).isDirectory() ? readdirSync(join(root, path), { recursive: true, encoding: 'utf8' }).map((file) => join(path, file)) : [path]));
  const own = paths.filter((path) => !path.startsWith('.git/') && !path.endsWith('.ts') && existsSync(join(root, path)) && statSync(join(root, path)).isFile()).map((path) => [path.replaceAll(sep, '/'), readFileSync(join(root, path))] as const);
  const settings = Object.entries(SETTINGS).map(([path, text]) => [path, Buffer.from(text)] as const);
  return new Map([...own, ...settings].map(([path, bytes]) => [path, fileOf(path, bytes)] as const));
}

test('a name as long as a file does not make a finding as long', async () => {
  const findings = await checkTree({ ...bootstrapped('clusters/prod'), 'clusters/prod/web.yaml': kustomization('web', './web', `dependsOn: [{name: ${'x'.repeat(100_000)}}]`) });

  expect(findings.filter(({ rule }) => rule === 'depends-on-missing').map(({ message }) => [message.slice(0, 40), message.length])).toEqual([['depends on the Kustomization flux-system', 4001]]);
});
