import type { Diff } from '../../src/diff/changes';
import type { History } from '../../src/diff/consequences/history';
import { diffTrees } from '../../src/diff/diff-trees';
import { formatText } from '../../src/diff/output/text';
import { isManifestName } from '../../src/tree/disk';
import { ManifestFile, OpaqueFile } from '../../src/tree/file';
import { Tree } from '../../src/tree/tree';

/** Files by path. */
export type Files = Readonly<Record<string, string>>;

export function treeOf(files: Files): Tree {
  return new Tree(Object.entries(files).map(([path, text]) => (isManifestName(path) ? ManifestFile.fromText(path, text) : new OpaqueFile(path, Buffer.from(text)))));
}

export async function diffOf(before: Files, after: Files, history?: History): Promise<Diff> {
  return diffTrees({ before: treeOf(before), after: treeOf(after), sides: { before: 'main', after: 'the working tree' }, history });
}

/** The changes as a person reads them, without consequences and counts. */
export async function changesOf(before: Files, after: Files): Promise<string> {
  const diff = await diffOf(before, after);
  return formatText({ diff: { ...diff, consequences: [] }, colours: false }).split('\n\n').slice(0, -1).join('\n\n');
}

/** `danger [data-deleted] deletes …`, the worst first; those of one class alone if it is named. */
export async function consequencesOf(before: Files, after: Files, { only, history }: { readonly only?: string; readonly history?: History } = {}): Promise<string[]> {
  const { consequences } = await diffOf(before, after, history);
  return consequences.filter(({ class: name }) => only === undefined || name === only).map(({ severity, class: name, title }) => `${severity} [${name}] ${title}`);
}

/** Files without some, with others in their place. */
export function edited(files: Files, changes: Readonly<Record<string, string | undefined>>): Files {
  return Object.fromEntries(Object.entries({ ...files, ...changes }).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** A file with a text in place of another, which has to be there. */
export function replaced(files: Files, path: string, from: string, to: string): Files {
  const text = files[path];
  if (text === undefined || !text.includes(from)) throw new Error(`${path} holds no ${JSON.stringify(from)}`);
  return { ...files, [path]: text.replace(from, to) };
}
