import { join } from 'node:path';
import { unlinkSync } from 'node:fs';
import { UserError } from '../errors';
import { changedFields } from './changed-fields';
import { Committed, type ProjectPlace } from './committed';
import { unifiedDiff } from './differences';
import { ManifestFile, type File } from '../tree/file';
import { formerDirectoryNote } from './former-directory';
import { findHandEdits } from './hand-edits';
import { InterruptedRun, privateDirectory, privateName } from './interrupted-run';
import { ListedFiles } from './listed-files';
import { planPublication, type PublicationPlan } from './publication-plan';
import { withLock } from './publish-lock';
import { settlePins, type PinOptions, type SettledPins } from './pins/settle-pins';
import { SynthRecord } from './synth-record';
import { Tree } from '../tree/tree';
import { fromRoot, type TypedIn } from './typed-paths';
import { deleteFile, temporaryPath, writeFile } from './write-file';
import { TEMPORARY } from './working-copy';

export interface PublishOptions extends ProjectPlace, PinOptions, TypedIn {
  /**
   * Write nothing, and report what would change.
   * @default false
   */
  readonly check?: boolean;
  /** Files, or directories of files, that somebody else wrote and that the project takes over. */
  readonly adopt?: readonly string[];
}

export interface PublishReport {
  readonly created: readonly string[];
  readonly changed: readonly { readonly path: string; readonly fields: readonly string[] }[];
  readonly deleted: readonly string[];
  readonly unchanged: number;
  /** What was decided and is worth saying, a line each. */
  readonly notes: readonly string[];
  /** With `check`: what publishing would change, as a unified diff. */
  readonly diff?: string;
  /** With `check`: the hand edits that publishing would refuse to overwrite. */
  readonly refused: readonly UserError[];
  /** Whether anything changed, or would with `check`. */
  readonly differs: boolean;
  /** The tree as it was published: with the committed pins. */
  readonly tree: Tree;
}

/**
 * Makes the files below a root what a tree says: the only code that writes there. Keeps what others own there: the values
 * of pins, foreign files, edits that are not in Git.
 * @throws UserError with everything that stands against it; then nothing has been written
 */
export function publish(tree: Tree, options: PublishOptions): PublishReport {
  const [directory, name] = [privateDirectory(options.root), privateName(options.root)];
  if (options.check === true) return report(prepare(tree, options, new SynthRecord(directory, `${name}-${options.project}`)), options);
  return withLock(directory, name, () => {
    const record = new SynthRecord(directory, `${name}-${options.project}`);
    const prepared = prepare(tree, options, record);
    const done = report(prepared, options);
    write(prepared, options, record);
    return done;
  });
}

/** The tree with the pins that are committed at a place, for writing it elsewhere. */
export function withCommittedPins(tree: Tree, options: PublishOptions): { readonly tree: Tree; readonly notes: readonly string[] } {
  const committed = new Committed(options, tree);
  const settled = settlePins(tree, committed, withTypedPaths(options, tree, committed), (path, bytes) => committed.isOwn(path, bytes));
  if (settled.problems.length > 0) throw UserError.all(settled.problems);
  return { tree: new Tree(withTexts(tree, settled.texts)), notes: settled.notes };
}

/** One after the other, since a large tree would not fit into memory twice. */
function* withTexts(files: Iterable<File>, texts: ReadonlyMap<string, string>): Generator<File> {
  for (const file of files) {
    const text = texts.get(file.path);
    yield text === undefined ? file : ManifestFile.fromText(file.path, text, file.props);
  }
}

interface Prepared {
  readonly tree: Tree;
  readonly committed: Committed;
  readonly settled: SettledPins;
  readonly plan: PublicationPlan;
  readonly notes: readonly string[];
  readonly handEdits: readonly UserError[];
}

/** Reads what is there and works out what to do; refuses with all problems at once. A check tells hand edits with the differences. */
function prepare(tree: Tree, given: PublishOptions, record: SynthRecord): Prepared {
  const committed = new Committed(given, tree);
  const options = withTypedPaths(given, tree, committed);
  const isAdopted = (path: string): boolean => (options.adopt ?? []).some((prefix) => covers(prefix, path)) && tree.get(path)?.props.placeholder !== true;
  const settled = settlePins(tree, committed, options, (path, bytes) => committed.isOwn(path, bytes) || isAdopted(path));
  const former = formerDirectoryNote(tree, committed);
  const plan = planPublication(tree, settled.texts, committed, isAdopted);
  const handEdits = options.force === true ? [] : findHandEdits([...plan.changed.filter(({ path }) => !plan.adopted.has(path)), ...plan.deleted], committed, record);
  const problems = [...settled.problems, ...plan.problems, ...(options.check === true ? [] : handEdits)];
  if (problems.length > 0) throw UserError.all(problems);
  const idle = (options.adopt ?? []).filter((prefix) => ![...tree].some(({ path }) => covers(prefix, path))).map((prefix) => `--adopt ${prefix}: no file of the tree is there`);
  return { tree, committed, settled, plan, notes: [...settled.notes, ...idle, ...plan.notes, ...(former === undefined ? [] : [former])], handEdits };
}

function report({ tree, settled, plan, committed, notes, handEdits }: Prepared, { check }: PublishOptions): PublishReport {
  const list = listChange(plan, committed);
  return {
    created: plan.created.map(({ path }) => path),
    changed: plan.changed.map(({ path, before, after }, index) => ({ path, fields: index < MOST_FIELDS ? changedFields(path, before.toString('utf8'), after.toString('utf8')) : [] })),
    deleted: plan.deleted.map(({ path }) => path),
    unchanged: plan.unchanged,
    notes,
    ...(check ? { diff: diffOf(plan, settled, list) } : {}),
    refused: handEdits,
    differs: plan.created.length + plan.changed.length + plan.deleted.length > 0 || list !== undefined,
    get tree() {
      return new Tree(withTexts(tree, settled.texts));
    },
  };
}

function diffOf(plan: PublicationPlan, settled: SettledPins, list: ListChange | undefined): string {
  const created = [...withTexts(plan.created, settled.texts)].map(({ path, bytes }) => ({ path, before: undefined, after: bytes }));
  const changes = [...created, ...plan.changed, ...plan.deleted, ...(list === undefined ? [] : [list])];
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ path, before, after }) => unifiedDiff(path, before, after)).join('');
}

/** Above so many changed files nobody reads which fields changed, and reading them all takes its time. */
const MOST_FIELDS = 200;

/**
 * The list first, as the union of what is listed and what will be, so that a run that is killed leaves no file without an
 * owner. Then the files that took tags over, before those that lose them; what those held is kept aside meanwhile, since
 * objects may change places: a tag that is not committed is always somewhere.
 */
function write({ tree, plan, settled, committed }: Prepared, options: PublishOptions, record: SynthRecord): void {
  const { root, directory, project } = options;
  const run = new InterruptedRun(options);
  settled.chosen?.save();
  removeLeftovers(committed, root);
  const list = listChange(plan, committed);
  const written = [...plan.created, ...plan.changed.map(({ path }) => tree.get(path)!)];
  written.sort((a, b) => Number(settled.texts.has(b.path)) - Number(settled.texts.has(a.path)));
  if (written.length === 0 && plan.deleted.length === 0 && list === undefined) return run.end();
  run.begin(plan.changed.filter(({ path }) => settled.leaving.has(path)).map(({ path, before }) => [path, before.toString('utf8')]));
  record.announce(withTexts(written, settled.texts));
  const { listPath } = committed;
  if (list !== undefined) {
    const union = new ListedFiles();
    union.addAll(committed.listed);
    union.addAll(plan.list);
    writeFile(root, listPath, Buffer.from(union.format(project, listPath)), list.before === undefined);
  }
  const isNew = new Set(plan.created.map(({ path }) => path));
  for (const { path, bytes } of withTexts(written, settled.texts)) writeFile(root, path, bytes, isNew.has(path));
  for (const { path } of plan.deleted) deleteFile(root, path, directory);
  if (list?.after !== undefined) writeFile(root, listPath, list.after, false);
  else if (list !== undefined) deleteFile(root, listPath, directory);
  record.settle(plan.deleted.map(({ path }) => path));
  run.end();
}

interface ListChange {
  readonly path: string;
  readonly before: Buffer | undefined;
  readonly after: Buffer | undefined;
}

function listChange(plan: PublicationPlan, committed: Committed): ListChange | undefined {
  const path = committed.listPath;
  const before = committed.contents(path);
  const after = plan.list.isEmpty ? undefined : Buffer.from(plan.list.format(committed.place.project, path));
  const isSame = before === undefined ? after === undefined : after !== undefined && before.toString('utf8').replaceAll('\r\n', '\n') === after.toString('utf8');
  return isSame ? undefined : { path, before, after };
}

/** What a run that was killed left half written. */
function removeLeftovers({ disk, listed }: Committed, root: string): void {
  for (const path of disk.files) if (path.endsWith(TEMPORARY)) unlinkSync(join(root, path));
  for (const path of listed.elsewhere) if (disk.type(temporaryPath(path)) === 'file') unlinkSync(join(root, temporaryPath(path)));
}

/** The options with all paths from the root, as files of the tree are called. */
function withTypedPaths(options: PublishOptions, tree: Tree, { disk }: Committed): PublishOptions {
  const { adopt, pin } = options;
  const fileOf = (key: string): string => {
    const [, typed = key, policy = ''] = /^(.*)(#[^/#]+:[^/#]+)$/.exec(key) ?? [];
    return `${fromRoot(typed, '--pin', options, (path) => tree.has(path) || disk.type(path) === 'file')}${policy}`;
  };
  const isPolicy = (key: string): boolean => key.includes(':') && !key.includes('/');
  return {
    ...options,
    ...(adopt === undefined ? {} : { adopt: adopt.map((path) => fromRoot(path, '--adopt', options, (found) => disk.type(found) !== undefined)) }),
    ...(pin === undefined ? {} : { pin: Object.fromEntries(Object.entries(pin).map(([key, value]) => [isPolicy(key) ? key : fileOf(key), value])) }),
  };
}

/** Whether a path is the one meant, or lies in the directory meant. */
function covers(meant: string, path: string): boolean {
  return meant === '' || path === meant || path.startsWith(`${meant}/`);
}
