import { walkClusters } from '../model/clusters';
import { listAt, type Step } from '../model/fields';
import type { BuildNote } from '../model/kustomize/build-notes';
import type { Written } from '../model/kustomize/built-object';
import { KustomizeModel } from '../model/kustomize/kustomize-model';
import type { LineFinder } from '../model/line-finder';
import type { Repository } from '../model/repository';
import { isSetAside } from '../model/set-aside';
import { identityOf, identityTitle } from '../model/source-object';
import { Walker } from '../model/walk';
import type { Finding } from './finding';

/** Patches and entries of kustomization files that find what they are for before, and not after. */
export function lostPatches(before: Repository, after: Repository, lines: LineFinder): Finding[] {
  const were = notesOf(before);
  const found = new Map<string, Finding>();
  for (const [key, now] of notesOf(after)) {
    const was = were.get(key);
    const loss = was === undefined && now.type === 'patch' ? undefined : lossOf(was, now);
    const place = placeOf(now);
    if (loss === undefined || place === undefined) continue;
    const at = 'file' in place ? { file: place.file, document: 0, path: place.path } : place.object.source === undefined ? undefined : { file: place.object.source.file, document: place.object.source.document, path: place.path };
    if (at !== undefined) found.set(JSON.stringify([at, loss]), { file: at.file, line: lines.lineOf(at.file, at.document, at.path), ...loss });
  }
  return [...found.values()];
}

function lossOf(was: BuildNote | undefined, now: BuildNote): Pick<Finding, 'subject' | 'text'> | undefined {
  switch (now.type) {
    case 'patch':
      if (was?.type !== 'patch' || was.hits.length === 0 || now.hits.length > 0 || now.isOpen) return undefined;
      return { subject: 'the patch', text: now.part === undefined ? `hit ${titles(was.hits.map(({ source, kind, ids }) => source === undefined ? `${kind} ${ids[0].name}` : identityTitle(source)))}, and its target selects nothing any more` : `is for ${identityTitle(identityOf(now.part))}, which is gone: kustomize refuses to build` };
    case 'operation':
      return was === undefined ? { subject: 'the patch', text: `${now.fails ? 'fails' : 'does something else'} at ${now.object.kind} ${now.object.ids[0].name}: ${now.text}` } : undefined;
    case 'image':
      return was?.type === 'image' && was.isFound && !now.isFound ? { subject: `the image ${now.name}`, text: 'is used by nothing any more, so that images: no longer replaces it' } : undefined;
    case 'replicas':
      return was === undefined ? { subject: `replicas of ${now.name}`, text: 'are set for what is gone: kustomize refuses to build' } : undefined;
    default:
      return undefined;
  }
}

function titles(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

/** By what they are said of; of several builds of one directory, the first. */
function notesOf(repository: Repository): ReadonlyMap<string, BuildNote> {
  const model = new KustomizeModel(repository);
  for (const { directory, isComponent, path } of repository.kustomizations.values()) if (!isComponent && !isSetAside(path)) model.build(directory);
  for (const { kustomizations } of walkClusters(repository, new Walker(repository))) {
    for (const { path, object, data } of kustomizations) {
      if (path !== undefined && repository.isDirectory(path) && ADDED.some((field) => listAt(data, ['spec', field]).length > 0)) model.applyFlux(path, object);
    }
  }
  const found = new Map<string, BuildNote>();
  for (const note of model.notes) {
    const key = keyOf(note);
    if (key !== undefined && !found.has(key)) found.set(key, note);
  }
  return found;
}

const ADDED = ['patches', 'patchesStrategicMerge', 'patchesJson6902', 'components', 'images'];

function keyOf(note: BuildNote): string | undefined {
  const place = placeOf(note);
  if (place === undefined) return undefined;
  const at = 'file' in place ? place.file : `${place.object.source?.file ?? ''} ${place.object.source?.document ?? ''} ${place.object.source?.item ?? ''}`;
  const part = note.type === 'patch' && note.part !== undefined ? identityOf(note.part) : note.type === 'operation' ? [note.index, note.object.kind, note.object.ids[0]] : '';
  return JSON.stringify([note.type, note.directory, at, place.path, part]);
}

function placeOf(note: BuildNote): (Written & { readonly path: readonly Step[] }) | undefined {
  if (note.type === 'patch' || note.type === 'operation') return note.patch.at;
  return note.type === 'image' || note.type === 'replicas' ? note.at : undefined;
}
