import { at, listAt } from '../../model/fields';
import type { AppliedObject } from '../../model/applied-object';
import type { BuildNote } from '../../model/kustomize/build-notes';
import type { BuiltObject, Written } from '../../model/kustomize/built-object';
import { KustomizeModel } from '../../model/kustomize/kustomize-model';
import { isSetAside } from '../../model/set-aside';
import { identityTitle } from '../../model/source-object';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';
import { reachedFiles } from '../reached-files';
import type { Severity } from '../rule';

/** What is worth saying of the builds of all directories, and of what Flux adds to some. */
export const buildNotes = memoized(({ repository, clusters }: CheckContext): readonly BuildNote[] => {
  const model = new KustomizeModel(repository);
  for (const { directory, isComponent, path } of repository.kustomizations.values()) if (!isComponent && !isSetAside(path)) model.build(directory);
  const seen = new Set<string>();
  for (const { kustomizations } of clusters) {
    for (const { path, object, data } of kustomizations) {
      if (path === undefined || !repository.isDirectory(path)) continue;
      const key = JSON.stringify([path, object.source?.file, object.source?.document, data['spec']]);
      if (seen.has(key)) continue;
      seen.add(key);
      if (ADDED.some((field) => listAt(data, ['spec', field]).length > 0) || !repository.kustomizations.has(path)) model.applyFlux(path, object);
    }
  }
  return model.notes.filter((note) => !isInjected(note));
});

const ADDED = ['patches', 'patchesStrategicMerge', 'patchesJson6902', 'components', 'images'];

/** Whether it is about something that a parent's patch has put into a Flux Kustomization: it is for many, and need not fit each. */
function isInjected(note: BuildNote): boolean {
  if (note.owner !== 'flux') return false;
  const place = 'patch' in note ? note.patch.at : note.at;
  return 'object' in place && !isOwn(place.object, place.path.slice(0, 2), JSON.stringify(at(place.object.data, place.path.slice(0, 3))));
}

function isOwn({ source }: AppliedObject, list: Written['path'], entry: string): boolean {
  return source !== undefined && listAt(source.data, list).some((one) => JSON.stringify(one) === entry);
}

/** Notes by what they are said of, with all that builds have to say of it. */
export function byPlace<Note>(notes: readonly Note[], placeOf: (note: Note) => Written): Note[][] {
  const found = new Map<string, Note[]>();
  for (const note of notes) {
    const place = placeOf(note);
    const key = 'file' in place ? JSON.stringify([place.file, place.path]) : JSON.stringify([place.object.source?.file ?? '', place.object.source?.document, place.object.source?.item, place.path]);
    const same = found.get(key);
    if (same === undefined) found.set(key, [note]);
    else same.push(note);
  }
  return [...found.values()];
}

/** What fails where Flux builds it is only told where nothing does. */
export function severityAt(context: CheckContext, place: Written, severity: Severity): Severity {
  return 'object' in place || reachedFiles(context).has(place.file) ? severity : 'notice';
}

export function titleOf({ group, version, kind, ids }: BuiltObject): string {
  return identityTitle({ apiVersion: version, group, kind, ...ids[0] });
}
