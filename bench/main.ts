/**
 * `npm run bench`: what synthesis costs, against cdk8s' own `App.synth()` on the same constructs, in one run on this machine.
 * Prints figures and ratios, asserts nothing. `npm run bench -- 10 100` limits it to these sizes.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pageFigures } from './page';
import { checkFigures } from './check';
import { renderFigures } from './render';
import { kubeconformFigures } from './kubeconform';
import { schemaFigures } from './schema';
import { yamlFigures } from './yaml';

interface Cost {
  readonly user: number;
  readonly system: number;
  readonly building: number;
  readonly peakMiB: number;
}

const OBJECTS = 10;
const project = resolve(__dirname, '..');
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10, 100, 1000, 5000];
const scratch = mkdtempSync(join(tmpdir(), 'fluxwright-bench-'));

const perObject = new Map<number, number>();
console.log('synthesis, user CPU of the whole process in seconds (system time in brackets)');
console.log(row('namespaces', 'all files new', 'none changed', 'cdk8s', 'new/cdk8s', 'unchanged/cdk8s', 'peak MiB'));
for (const size of sizes) measure(size);
const [large, medium] = [perObject.get(5000), perObject.get(1000)];
if (large !== undefined && medium !== undefined) console.log(`\nuser CPU per object, 5,000 namespaces against 1,000: ${(large / medium).toFixed(2)}`);
console.log(`\nfluxwright --help: ${wallOf('node', ['dist/src/cli/main.js', '--help'])} ms wall, median of 9 (node alone: ${wallOf('node', ['-e', '0'])})`);
console.log(`a TypeScript platform to its first construct: ${firstConstruct()} ms wall, median of 9`);
console.log(`all platforms in one process, nothing changed: ${platforms()} s user CPU, median of 3`);
console.log(`\n${schemaFigures()}`);
for (const line of kubeconformFigures(project)) console.log(line);
console.log(yamlFigures(project));
for (const line of checkFigures(project)) console.log(line);
for (const line of renderFigures(project)) console.log(line);
if (sizes.includes(5000)) compareTrees(join(scratch, 'tree-5000'));
rmSync(scratch, { recursive: true });
void pageFigures().then((lines) => lines.forEach((line) => console.log(line)));

function measure(size: number): void {
  const root = join(scratch, `tree-${size}`);
  mkdirSync(root);
  const fresh = run('fluxwright', size, root);
  const unchanged = run('fluxwright', size, root);
  const other = size > 1000 ? undefined : run('cdk8s', size, join(scratch, `cdk8s-${size}`));
  perObject.set(size, fresh.user / (size * OBJECTS));
  const ratio = (cost: Cost): string => (other === undefined ? '' : (cost.user / other.user).toFixed(2));
  console.log(row(String(size), seconds(fresh), seconds(unchanged), other === undefined ? '' : seconds(other), ratio(fresh), ratio(unchanged), Math.max(fresh.peakMiB, unchanged.peakMiB).toFixed(0)));
}

function run(tool: string, size: number, root: string): Cost {
  mkdirSync(root, { recursive: true });
  const child = spawnSync('node', ['-r', 'tsx/cjs', join(__dirname, 'case.ts'), tool, String(size), root], { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (child.status !== 0) throw new Error(`${tool} with ${size} namespaces failed: ${child.stderr}`);
  return JSON.parse(child.stdout.trim().split('\n').at(-1)!) as Cost;
}

function firstConstruct(): string {
  const file = join(project, 'dist', 'bench-first-construct.ts');
  writeFileSync(file, "import { GitopsApp, NamespaceDirectory } from 'fluxwright';\nnew NamespaceDirectory(new GitopsApp({ name: 'bench' }), 'server');\nprocess.exit(0);\n");
  return wallOf('node', ['-r', 'tsx/cjs', file]);
}

function platforms(): string {
  const users = Array.from({ length: 3 }, () => {
    const child = spawnSync('node', ['--conditions=fluxwright-source', '-r', 'tsx/cjs', join(__dirname, 'platforms.ts')], { cwd: project, encoding: 'utf8' });
    return Number(child.stdout.trim().split('\n').at(-1));
  });
  return users.sort((a, b) => a - b)[1]!.toFixed(2);
}

function wallOf(command: string, parameters: readonly string[]): string {
  const times = Array.from({ length: 9 }, () => {
    const start = process.hrtime.bigint();
    spawnSync(command, parameters, { cwd: project, stdio: 'ignore' });
    return Number(process.hrtime.bigint() - start) / 1e6;
  }).sort((a, b) => a - b);
  return times[4]!.toFixed(0);
}

/** What a diff of the files costs beside reading them: one object in a hundred differs. */
function compareTrees(before: string): void {
  const after = join(scratch, 'tree-5000-changed');
  cpSync(before, after, { recursive: true });
  for (let team = 0; team < 5000; team += 10) {
    const file = join(after, 'k8s', `team-${team}`, 'config.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('LOG_LEVEL: info', 'LOG_LEVEL: debug'));
  }
  const [read, parsed, compared] = ['read', 'parse', 'diff'].map((what) => {
    const child = spawnSync('node', ['-r', 'tsx/cjs', join(__dirname, 'diff.ts'), what, before, after], { cwd: project, encoding: 'utf8' });
    if (child.status !== 0) throw new Error(`comparing failed: ${child.stderr}`);
    return JSON.parse(child.stdout) as Cost & { readonly changes: number; readonly counts: { readonly parsed: number; readonly parsedUnchanged: number } };
  }) as [Cost, Cost, Cost & { readonly changes: number; readonly counts: { readonly parsed: number; readonly parsedUnchanged: number } }];
  const total = ({ user, system }: Cost): number => user + system;
  console.log(`\nfluxwright diff of two trees of 5,000 namespaces, ${compared.changes} objects changed: ${total(compared).toFixed(2)} s CPU, reading both is ${total(read).toFixed(2)} s: ${(total(compared) / total(read)).toFixed(2)} times (expected: at most 1.3); reading and parsing both is ${total(parsed).toFixed(2)} s: ${(total(compared) / total(parsed)).toFixed(2)} times`);
  console.log(`files parsed: ${compared.counts.parsed} that differ, ${compared.counts.parsedUnchanged} that lead to them`);
}

function seconds({ user, system }: Cost): string {
  return `${user.toFixed(2)} (${system.toFixed(2)})`;
}

function row(...cells: string[]): string {
  return cells.map((cell, index) => (index === 0 ? cell.padEnd(12) : cell.padStart(17))).join('');
}
