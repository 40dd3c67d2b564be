import { Repository } from '../model/repository';
import type { Tree } from '../tree/tree';
import { Draft, type FileEdit } from './draft';
import { withoutEntry } from './edit-list';
import { foldPatch } from './fold-patch';
import { overlayPatches } from './overlay-patch';
import { differingRenders, rendersOf } from './prove-renders';
import { readersOf, type BuildDirectory } from './rendered-changes';
import { sharedPatches, type SharedPatch } from './shared-patches';

/** What lifting does to the files of a tree. */
export interface Lift {
  readonly edits: readonly FileEdit[];
  /** What gets into a base, a line each. */
  readonly lifted: readonly string[];
  /** What overlays share and has to stay where it is, and why. */
  readonly left: readonly string[];
  /** The directories whose renders were shown to stay as they are. */
  readonly proven: readonly string[];
}

export interface LiftQuestion {
  readonly tree: Tree;
  readonly overlays: readonly string[];
  /** Opens what builds the directories of a tree. */
  readonly open: (tree: Tree) => Promise<BuildDirectory>;
}

/**
 * Folds the patches that all overlays of a base share into the base. What would change a render is left: each patch is tried
 * with those that were lifted before it.
 */
export async function planLift({ tree, overlays, open }: LiftQuestion): Promise<Lift> {
  const repository = new Repository(tree);
  const before = await open(tree);
  const lifted: string[] = [];
  const left: string[] = [];
  const proven = new Set<string>();
  let present = tree;
  for (const shared of sharedPatches(repository, overlays)) {
    const files = [...shared.uses.values()].map(({ file }) => file);
    const readers = overlays.filter((directory) => readersOf(new Set(shared.sources.map(({ file }) => file)), repository).includes(directory));
    const isShared = shared.sources.length === 0 ? shared.uses.size > 1 : readers.every((directory) => shared.uses.has(directory));
    if (!isShared || (shared.uses.size === 1 && overlays.length > 1)) continue; // what one of several has is shared by nobody
    const reason = shared.reason ?? withoutIt(repository, shared);
    if (reason !== undefined) {
      left.push(`${files.join(', ')}: ${reason}`);
      continue;
    }
    const draft = new Draft(present);
    const problem = await foldShared(draft, shared, open) ?? await changeOf(draft.toTree());
    if (problem !== undefined) {
      left.push(`${files.join(', ')}: ${problem}`);
      continue;
    }
    present = draft.toTree();
    lifted.push(`${files.join(', ')} → ${[...new Set(shared.sources.map(({ file }) => file))].join(', ')}`);
  }
  const edits = editsBetween(tree, present);
  return { edits, lifted, left, proven: [...proven].sort() };

  async function changeOf(after: Tree): Promise<string | undefined> {
    const changed = new Set(editsBetween(tree, after).map(({ path }) => path));
    const directories = [...new Set([...rendersOf(repository, changed, overlays), ...rendersOf(new Repository(after), changed, overlays)])];
    const [difference] = await differingRenders(directories, before, await open(after));
    if (difference === undefined) for (const directory of directories) proven.add(directory);
    return difference;
  }
}

/** A directory that is made from the base, and neither has the patch nor is made from one that has it. */
function withoutIt(repository: Repository, { uses, sources }: SharedPatch): string | undefined {
  const files = new Set([...uses.values()].map(({ file }) => file));
  const having = new Set(readersOf(files, repository));
  const lacking = rendersOf(repository, new Set(sources.map(({ file }) => file)), []).find((directory) => !having.has(directory));
  return lacking === undefined ? undefined : `${lacking === '' ? 'the root' : lacking} is made from ${sources[0]!.file} without it`;
}

async function foldShared(draft: Draft, { uses, sources }: SharedPatch, open: LiftQuestion['open']): Promise<string | undefined> {
  const [first] = uses.values();
  for (const file of new Set(sources.map((source) => source.file))) {
    const problem = await foldPatch(draft, file, first!, open);
    if (problem !== undefined) return problem;
  }
  for (const [directory, { file, field }] of uses) {
    const now = new Repository(draft.toTree());
    const own = now.kustomizations.get(directory)!;
    const entry = overlayPatches(now, own).find((one) => one.file === file && one.field === field);
    if (entry !== undefined) draft.put(own.path, withoutEntry(draft.text(own.path)!, field, entry.index));
  }
  const after = new Repository(draft.toTree());
  const named = new Set([...after.kustomizations.values()].flatMap((one) => overlayPatches(after, one).map(({ file }) => file)));
  for (const { file } of uses.values()) if (!named.has(file)) draft.put(file, undefined);
  return undefined;
}

function editsBetween(before: Tree, after: Tree): FileEdit[] {
  const paths = [...new Set([...before.paths(), ...after.paths()])].sort();
  return paths.flatMap((path): FileEdit[] => {
    const [was, is] = [before.get(path), after.get(path)];
    if (was === is) return [];
    const edit = { path, before: was?.bytes, after: is?.bytes };
    return edit.before !== undefined && edit.after !== undefined && edit.before.equals(edit.after) ? [] : [edit];
  });
}
