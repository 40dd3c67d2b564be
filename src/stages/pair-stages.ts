import type { AppliedObject } from '../model/applied-object';
import { isInside } from './stage-pair';

/** An object of one stage with the same one of another; one of them alone where the other stage has none. */
export interface StagedObject {
  readonly one: AppliedObject | undefined;
  readonly other: AppliedObject | undefined;
}

/**
 * Finds the objects of one stage in another: by their names, also where the stages have other namespaces; else by where they
 * are written, since a stage may be part of their names.
 */
export function pairStages(one: readonly AppliedObject[], other: readonly AppliedObject[], folders: { readonly one: string; readonly other: string }): StagedObject[] {
  const pairs: StagedObject[] = [];
  let [left, right] = [[...one], [...other]];
  for (const keyOf of [byName, byShortName, byPlace]) {
    const waiting = grouped(right, (object) => keyOf(object, folders.other));
    for (const object of left) {
      const key = keyOf(object, folders.one);
      const found = key === undefined ? undefined : waiting.get(key);
      const alike = left.filter((another) => keyOf(another, folders.one) === key);
      if (found?.length !== 1 || alike.length !== 1) continue;
      pairs.push({ one: object, other: found[0] });
    }
    left = left.filter((object) => !pairs.some((pair) => pair.one === object));
    right = right.filter((object) => !pairs.some((pair) => pair.other === object));
  }
  return [...pairs, ...left.map((object) => ({ one: object, other: undefined })), ...right.map((object) => ({ one: undefined, other: object }))];
}

function byName(object: AppliedObject): string {
  return `${byShortName(object)}\0${object.namespace ?? ''}`;
}

function byShortName({ group, kind, name, generatedBy }: AppliedObject): string {
  return `${group}/${kind}\0${generatedBy === undefined ? name : name.replace(/-[a-z0-9]{10}$/, '')}`;
}

function byPlace({ group, kind, source }: AppliedObject, folder: string): string | undefined {
  if (source === undefined) return undefined;
  const place = isInside(folder, source.file) ? `of the stage ${source.file.slice(folder.length)}` : source.file;
  return `${group}/${kind}\0${place}\0${source.document}\0${source.item ?? ''}`;
}

function grouped(objects: readonly AppliedObject[], keyOf: (object: AppliedObject) => string | undefined): Map<string, AppliedObject[]> {
  const groups = new Map<string, AppliedObject[]>();
  for (const object of objects) {
    const key = keyOf(object);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), object]);
  }
  return groups;
}
