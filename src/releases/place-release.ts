import { isKustomizationPath, referencesOf, kustomizationFile } from '../model/kustomization-file';
import { ManifestFile, type File } from '../tree/file';
import { directoryOf } from '../tree/path';
import { Tree } from '../tree/tree';
import { sha256Of } from '../upstream/upstream-cache';

/** Where a tree has a release. */
export interface ReleasePlaces {
  /** The files that are copies of it. */
  readonly copies: readonly string[];
  /** The kustomization files that list its URL, each with the line. */
  readonly listed: readonly { readonly file: string; readonly line: number }[];
}

/** @param path the copy that the lock file knows, whatever is in it */
export function placesOf(tree: Tree, { url, sha256, path }: { readonly url: string; readonly sha256: string; readonly path: string | undefined }): ReleasePlaces {
  const copies: string[] = [];
  const listed: ReleasePlaces['listed'][number][] = [];
  for (const file of tree) {
    if (file.type === 'manifests' && isKustomizationPath(file.path)) {
      const line = lineOf(file, url);
      if (line !== undefined) listed.push({ file: file.path, line });
    } else if (file.path === path || (/\.ya?ml$/.test(file.path) && sha256Of(file.bytes) === sha256)) copies.push(file.path);
  }
  return { copies, listed };
}

function lineOf(file: ManifestFile, url: string): number | undefined {
  if (!file.text.includes(url)) return undefined;
  const lists = readsAs(file).some(({ target }) => target === url);
  const line = file.text.split('\n').findIndex((text) => text.replace(/#.*$/, '').includes(url) || text.includes(`"${url}"`) || text.includes(`'${url}'`));
  return lists ? line + 1 : undefined;
}

function readsAs(file: ManifestFile): ReturnType<typeof referencesOf> {
  try {
    return referencesOf(kustomizationFile(file.path, file.documents[0]?.object));
  } catch {
    return []; // a broken file lists nothing; checks say what is wrong with it
  }
}

/** A kustomization.yaml with another URL in the place of one. */
export function withUrl(text: string, url: string, by: string): string {
  return text.split(url).map((part, index) => (index === 0 ? part : /^[\w./?#&=%~+-]/.test(part) ? url + part : by + part)).join('');
}

/**
 * The tree as kustomize would see it with a release of these contents: its copies have them, and where its URL is listed
 * they lie in a file. Lines of the kustomization files stay where they are.
 */
export function withReleaseIn(tree: Tree, { copies, listed }: ReleasePlaces, { name, url }: { readonly name: string; readonly url: string }, bytes: Buffer): { readonly tree: Tree; readonly files: ReadonlySet<string> } {
  const file = `.fluxwright-release-${name}.yaml`;
  const directories = new Set(listed.map((one) => directoryOf(one.file)));
  const added = [...directories].map((directory) => `${directory === '' ? '' : `${directory}/`}${file}`);
  const released = new Set([...copies, ...added]);
  const lists = new Set(listed.map((one) => one.file));
  const text = bytes.toString('utf8');
  const kept = [...tree].flatMap((one): File[] => {
    if (released.has(one.path)) return [];
    return lists.has(one.path) && one.type === 'manifests' ? [ManifestFile.fromText(one.path, withUrl(one.text, url, file))] : [one];
  });
  return { tree: new Tree([...kept, ...[...released].map((path) => ManifestFile.fromText(path, text))], 'as-found'), files: released };
}
