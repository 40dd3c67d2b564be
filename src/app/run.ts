import { appendFileSync, existsSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { inspect } from 'node:util';
import { UserError } from '../errors';
import type { PublishOptions, PublishReport } from '../publish/publish';
import type { Tree } from '../tree/tree';
import { asUserError } from './foreign-errors';
import type { GitopsApp } from './gitops-app';
import { upstreamReleasesOf } from './upstream-releases';
import { userPlaces } from './user-place';

/** What `fluxwright synth` tells the app that it runs, as JSON in FLUXWRIGHT_SYNTH. */
type SynthSettings = Pick<PublishOptions, 'check' | 'adopt' | 'force' | 'resetPins' | 'pin' | 'from'> & {
  readonly quiet?: boolean;
  /** Look for what would go wrong in the cluster, before anything is written. */
  readonly checks?: boolean;
  /**
   * Nothing is written: the releases that the app pins go to stdout, as JSON, or the files that publishing would write and
   * delete, or what made some files, a line of JSON for each app.
   */
  readonly list?: 'upstream' | 'changes' | 'origins';
  /** The files whose origins are listed, by their absolute paths. */
  readonly files?: readonly string[];
};

/** What the app exits with where a check found differences: another number than Node's own for an app that crashed. */
const FOUND_DIFFERENCES = 10;

/** cdk8s' default for `output:`. */
const DEFAULT_OUTPUT = 'dist';

/**
 * The process boundary of an app. Run by hand or by `fluxwright synth` it publishes the tree; run by `cdk8s synth` it also
 * leaves the manifests in cdk8s' scratch folder; asked for another folder (`-o`, `--stdout`) it writes only there.
 */
export function runSynth(app: GitopsApp): void {
  markAsked(app);
  const receipt = process.env['FLUXWRIGHT_RECEIPT'];
  if (receipt !== undefined) appendFileSync(receipt, `${app.name}\n`);
  const project = nearestProject(process.cwd());
  const root = resolve(app.root ?? project ?? '.');
  const output = process.env['CDK8S_OUTDIR'] === undefined ? undefined : resolve(process.env['CDK8S_OUTDIR']);
  const scratch = resolve(project ?? '.', configuredOutput(project));
  if (output !== undefined) refuseOverlap(output, root, app.directory, true);
  if (output === undefined ? project !== undefined : isForStdout(output)) refuseOverlap(scratch, root, app.directory, output !== undefined);

  const settings = JSON.parse(process.env['FLUXWRIGHT_SYNTH'] ?? '{}') as SynthSettings;
  const options: PublishOptions = { ...settings, root, project: app.name, directory: app.directory };
  if (settings.list === 'upstream') {
    process.stdout.write(`${JSON.stringify(upstreamReleasesOf(app))}\n`);
    return;
  }
  if (settings.list === 'origins') {
    const { originsOf } = require('./origins') as typeof import('./origins');
    process.stdout.write(`${JSON.stringify({ root, ...originsOf(app, (settings.files ?? []).map((file) => relative(root, file).split(sep).join('/'))) })}\n`);
    return;
  }
  const tree = app.toTree();
  if (settings.checks === true) refuseFindings(tree, options);
  const { publish, withCommittedPins } = require('../publish/publish') as typeof import('../publish/publish'); // loaded late: the first construct does without
  const { writeFile } = require('../publish/write-file') as typeof import('../publish/write-file');
  if (settings.list === 'changes') {
    process.stdout.write(`${JSON.stringify(changesOf(publish(tree, { ...options, check: true }), root))}\n`);
    return;
  }
  if (output === undefined || output === scratch) {
    const report = publish(tree, options);
    if (settings.quiet !== true) say(summary(app.name, report, settings.check ?? false));
    if (report.diff !== undefined && report.differs) {
      process.stdout.write(report.diff);
      process.exitCode = FOUND_DIFFERENCES;
    }
    // cdk8s wants to find manifests there, and its validation plugins read them
    if (output !== undefined) writeFile(output, `${app.name}.yaml`, Buffer.from(manifests(report.tree)), false);
  } else {
    const pinned = withCommittedPins(tree, options);
    if (settings.quiet !== true) say(pinned.notes);
    if (isForStdout(output)) writeFile(output, `${app.name}.yaml`, Buffer.from(manifests(pinned.tree)), false);
    else for (const file of pinned.tree) writeFile(output, file.path, file.bytes, false);
  }
}

/** @throws UserError with all that would break in the cluster; what is merely doubtful is said */
function refuseFindings(tree: Tree, options: PublishOptions): void {
  const { checkSynth } = require('./synth-checks') as typeof import('./synth-checks'); // loaded late: cdk8s synth does without
  const { errors, warnings } = checkSynth(tree, options);
  say(warnings);
  if (errors.length > 0) throw UserError.all(errors);
}

/** What publishing would do, by path from the root: the bytes that it would write, or null for a file that it would delete. */
function changesOf({ tree, created, changed, deleted }: PublishReport, root: string): { readonly root: string; readonly files: Readonly<Record<string, string | null>> } {
  const written = [...created, ...changed.map(({ path }) => path)].flatMap((path): [string, string][] => {
    const file = tree.get(path);
    return file === undefined ? [] : [[path, file.bytes.toString('base64')]];
  });
  return { root, files: Object.fromEntries([...written, ...deleted.map((path): [string, null] => [path, null])]) };
}

/** Notes where each construct is made, if that is what the app was asked for: it takes time and memory. */
export function watchConstructs(): void {
  if (!(process.env['FLUXWRIGHT_SYNTH'] ?? '').includes('"list":"origins"')) return;
  const { recordPlaces } = require('./construct-places') as typeof import('./construct-places'); // loaded late: a synth does without
  recordPlaces();
}

let isReporting = false;

/** A user's mistake ends an app with its message alone and exit code 2; anything else as Node would end it. */
export function reportUserErrors(): void {
  if (isReporting || process.env['JEST_WORKER_ID'] !== undefined) return;
  isReporting = true;
  process.on('uncaughtException', (error: unknown) => {
    const mistake = asUserError(error);
    if (process.listenerCount('uncaughtException') > 1 && mistake === undefined) return;
    process.stderr.write(mistake === undefined ? `${inspect(error)}\n${typeHint(error)}` : `error: ${mistake.message}\n`);
    process.exit(mistake === undefined ? 1 : 2);
  });
}

/** What a program that was never type-checked most often dies of. */
function typeHint(error: unknown): string {
  if (!(error instanceof TypeError || error instanceof ReferenceError)) return '';
  const [place] = userPlaces(error.stack ?? '');
  return `  fix: ${place === undefined ? '' : `look at ${relative(process.cwd(), place.file)}:${place.line}; `}"npx tsc" finds mistakes of types, which a synth does not check\n`;
}

const unasked = new Set<GitopsApp>();
let isWatching = false;

/** An app that nobody asks for its tree until the process ends is a main.ts that lacks its last line. Tests make such apps. */
export function expectSynth(app: GitopsApp): void {
  if (isTest()) return;
  unasked.add(app);
  if (isWatching) return;
  isWatching = true;
  process.on('exit', (code) => {
    if (code !== 0 || unasked.size === 0) return;
    const names = [...unasked].map(({ name }) => `"${name}"`).join(', ');
    process.stderr.write(`error: nothing was synthesized of ${names}\n  fix: end main.ts with app.synth()\n`);
    process.exitCode = 2;
  });
}

/** Its tree was asked for: it is no mistake if nothing is published. */
export function markAsked(app: GitopsApp): void {
  unasked.delete(app);
}

/** jest, vitest and node:test say so in the environment, mocha and its kin by what they make global. */
function isTest(): boolean {
  return ['JEST_WORKER_ID', 'VITEST', 'NODE_TEST_CONTEXT'].some((name) => process.env[name] !== undefined) || 'it' in globalThis;
}

/** Runs `work` while cdk8s leaves the keys of objects in their author's order. */
export function keepKeyOrder<T>(work: () => T): T {
  const before = process.env['CDK8S_DISABLE_SORT'];
  process.env['CDK8S_DISABLE_SORT'] = '1';
  try {
    return work();
  } finally {
    if (before === undefined) delete process.env['CDK8S_DISABLE_SORT'];
    else process.env['CDK8S_DISABLE_SORT'] = before;
  }
}

function nearestProject(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'cdk8s.yaml'))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

function configuredOutput(project: string | undefined): string {
  if (project === undefined) return DEFAULT_OUTPUT;
  const output = (readConfiguration(join(project, 'cdk8s.yaml')) as { output?: unknown } | null)?.output;
  return typeof output === 'string' && output !== '' ? output : DEFAULT_OUTPUT;
}

function readConfiguration(file: string): unknown {
  try {
    const { parse } = require('yaml') as typeof import('yaml');
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError('project-invalid', `${file} cannot be read: ${(error as Error).message.split('\n')[0]!}`, 'mend the file');
  }
}

/** `cdk8s synth --stdout` gives a folder of its own making and pours all files that it finds there into one stream, unseparated. */
function isForStdout(output: string): boolean {
  return dirname(output) === resolve(tmpdir()) && /^cdk8s-\w{6}$/.test(basename(output));
}

/**
 * The cdk8s CLI empties its output folder before it runs the app. Run by it, what was in the folder is gone; run by hand or by
 * `fluxwright synth`, it is what the next `cdk8s synth` would delete.
 */
function refuseOverlap(output: string, root: string, directory: string, isDeleted: boolean): void {
  const tree = join(root, directory);
  const isInside = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
  const [realOutput, realTree] = [realPath(output), realPath(tree)];
  if (!isInside(realTree, realOutput) && !(directory !== '' && isInside(realOutput, realTree))) return;
  const [shown, place] = [output, tree].map((path) => relative(process.cwd(), path) || '.') as [string, string];
  throw new UserError(
    'outdir-overlaps',
    `the output folder ${shown} overlaps the tree in ${place}, and the cdk8s command deletes its output folder before it runs the app`,
    `write "output: dist/cdk8s" into cdk8s.yaml${isDeleted ? `; "git checkout -- ${place}" brings back what the command has deleted` : ''}`,
  );
}

/** Where a path leads, with the links of as much of it as exists followed. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  return path === dirname(path) ? path : join(realPath(dirname(path)), basename(path));
}

function manifests(tree: Tree): string {
  return [...tree].flatMap((file) => (file.type === 'manifests' && file.text.trim() !== '' ? [file.text] : [])).join('---\n');
}

/** More files than this are counted, not named. */
const MOST_NAMED = 20;

function summary(name: string, { created, changed, deleted, unchanged, notes, refused, differs }: PublishReport, isCheck: boolean): string[] {
  const total = created.length + changed.length + unchanged;
  if (!differs) return [...notes, `${name}: ${total} files, all as they should be`];
  return [
    ...named(isCheck ? 'would create' : 'created', created),
    ...named(isCheck ? 'would change' : 'changed', changed.map(({ path, fields }) => (fields.length === 0 ? path : `${path}: ${shortened(fields)}`))),
    ...named(isCheck ? 'would delete' : 'deleted', deleted),
    ...notes,
    ...refused.map(({ message }) => `synth would refuse: ${message}`),
    `${name}: ${created.length} created, ${changed.length} changed, ${deleted.length} deleted, ${unchanged} unchanged${isCheck ? refused.length > 0 ? ' if synth ran with --force' : ' if synth ran' : ''}`,
  ];
}

function named(what: string, files: readonly string[]): string[] {
  const shown = files.slice(0, MOST_NAMED).map((file) => `${what} ${file}`);
  return files.length > MOST_NAMED ? [...shown, `${what} ${files.length - MOST_NAMED} more files`] : shown;
}

function shortened(fields: readonly string[]): string {
  return fields.length > 4 ? `${fields.slice(0, 3).join(', ')} and ${fields.length - 3} more fields` : fields.join(', ');
}

/** cdk8s swallows what an app says on stdout, which is for data anyway. */
function say(lines: readonly string[]): void {
  if (lines.length > 0) process.stderr.write(lines.map((line) => `${line}\n`).join(''));
}
