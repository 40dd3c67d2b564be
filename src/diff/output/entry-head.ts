import type { Change, ChangeEntry } from '../changes';
import { movedFolder } from '../group-changes';
import { appliersText, listed, subjectTitle } from './wording';

/** What an entry is about, and where it was and is; of a folder that moved with all that lies in it, the folder. */
export interface EntryHead {
  readonly title: string;
  readonly place: string;
  /** Undefined for what has not moved. */
  readonly from: string | undefined;
  /** What goes along, or where it is the same; '' where the rest says it all. */
  readonly more: string;
}

export function entryHead({ changes }: ChangeEntry, most = 6): EntryHead {
  const [first] = changes;
  const folders = changes.length > 1 ? movedFolder(first) : undefined;
  if (folders !== undefined && first.type === 'moved') {
    const [from, to] = folders.map((folder) => (folder === '' ? 'the root' : `${folder}/`)) as [string, string];
    return { title: `${changes.length} objects and files`, place: to, from, more: listed(changes.map(({ subject }) => subjectTitle(subject)), most) };
  }
  const { file, line } = first.after ?? first.before!;
  return {
    title: subjectTitle(first.subject),
    place: file === undefined ? 'generated' : `${file}${line > 1 ? `:${line}` : ''}`,
    from: first.type === 'moved' ? cameFrom(first) : undefined,
    more: changes.length === 1 ? '' : `the same in ${listed(placesOf(changes), most)}`,
  };
}

/** Where an object was: another file, or another Flux Kustomization. */
export function cameFrom({ before, after }: Change): string {
  const file = before!.file === after!.file ? '' : before!.file ?? '';
  const [old, now] = [appliersText(before!.appliers), appliersText(after!.appliers)];
  return old === now ? file : file === '' ? old : `${file} (${old})`;
}

/** Where folded changes are: the stages, where these differ; else the namespaces or the files. */
function placesOf(changes: readonly Change[]): readonly string[] {
  const stages = changes.map((change) => [...new Set((change.after ?? change.before)!.appliers.map(({ stage }) => stage))].join(', '));
  if (stages.every((stage) => stage !== '') && new Set(stages).size === changes.length) return stages;
  const namespaces = changes.map(({ subject }) => (subject.type === 'object' ? subject.namespace ?? '' : ''));
  if (namespaces.every((namespace) => namespace !== '') && new Set(namespaces).size === changes.length) return namespaces;
  const names = changes.map((change) => (change.after ?? change.before)!.appliers.map(({ kustomization }) => kustomization ?? '').join(', '));
  if (names.every((name) => name !== '') && new Set(names).size === changes.length) return names;
  return differingStep(changes.map(({ before, after }) => (after ?? before)!.file ?? ''));
}

/** Of paths that differ in one step, that step; else the paths. */
function differingStep(paths: readonly string[]): readonly string[] {
  const steps = paths.map((path) => path.split('/'));
  const [first] = steps as [string[]];
  if (steps.some(({ length }) => length !== first.length)) return paths;
  const differing = first.map((_, index) => index).filter((index) => steps.some((one) => one[index] !== first[index]));
  const found = steps.map((one) => one[differing[0]!]!);
  return differing.length === 1 && new Set(found).size === paths.length ? found : paths;
}
