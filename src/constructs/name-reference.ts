import type { LocalReference } from './flux/source';

/** Something of the same namespace that is referred to by its name alone, such as a Secret: the name, or the construct that has it. */
export type NameReference = string | LocalReference;

export function nameReference(reference: NameReference | undefined): LocalReference | undefined {
  return reference === undefined ? undefined : { name: nameOf(reference) };
}

export function nameOf(reference: NameReference): string;
export function nameOf(reference: NameReference | undefined): string | undefined;
export function nameOf(reference: NameReference | undefined): string | undefined {
  return typeof reference === 'string' ? reference : reference?.name;
}
