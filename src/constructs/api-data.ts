import type { KubernetesNames } from '../../imports/kubernetes-names';

/**
 * The types that `cdk8s import` makes, as the API has them: its own field names (`pg_hba`, not `pgHba`), enums as their
 * strings, and a plain number or string where a class stands for "number or string". Types only: nothing is converted.
 */
export type ApiData<T> = Data<T, false>;

/**
 * The same, with every field optional and nullable: what is merged over an object, in a patch or an escape hatch.
 * A null takes the field out: kustomize does so with a patch's, the API server with one that an object is written with.
 */
export type ApiPatch<T> = Data<T, true>;

type Data<T, Partly extends boolean> =
  IsAny<T> extends true ? any // eslint-disable-line @typescript-eslint/no-explicit-any
  : T extends string ? (string extends T ? string : `${T}`)
  : T extends number | boolean | null | undefined ? T
  : T extends Date ? string
  : T extends readonly (infer Item)[] ? readonly Data<Item, Partly>[]
  : IsNumberOrString<T> extends true ? number | string
  : T extends object ? (Partly extends true ? PartialFields<T> : Fields<T>)
  : T;

type Fields<T> = { readonly [Key in keyof T as ApiName<Key>]: Data<T[Key], false> };
type PartialFields<T> = { readonly [Key in keyof T as ApiName<Key>]?: Data<T[Key], true> | null };

type ApiName<Key> = Key extends keyof KubernetesNames ? KubernetesNames[Key] : Key;
/** The generated classes (`IntOrString`, `Quantity` and their kin) hold nothing but a value of either type. */
type IsNumberOrString<T> = [keyof T] extends ['value'] ? (T extends { readonly value: infer Value } ? (number | string extends Value ? true : false) : false) : false;
type IsAny<T> = 0 extends 1 & T ? true : false;

/** `over` laid on `base`: maps are merged, lists and scalars replaced, nulls kept. */
export function mergeData<T>(base: T, over: unknown): T {
  if (!isMap(base) || !isMap(over)) return (over === undefined ? base : over) as T;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) if (value !== undefined) merged[key] = mergeData(merged[key], value);
  return merged as T;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
