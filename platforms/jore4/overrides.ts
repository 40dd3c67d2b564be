import { UserError } from 'fluxwright';

/** Part of a model at any depth. A key that the model does not have does not compile. */
export type Overrides<Model> =
  Model extends string | number | boolean | null | readonly unknown[] ? Model
  : [keyof Model] extends [never] ? Readonly<Record<string, never>>
  : { readonly [Key in keyof Model]?: Overrides<Model[Key]> };

/**
 * The model with a stage's values laid over it.
 * @throws UserError `reference-invalid` for what the compiler did not get to see: an override of something that is not in the model
 */
export function override<Model>(model: Model, overrides: Overrides<NoInfer<Model>> | undefined, stage: string): Model {
  const unknown = leavesOf(overrides).map(([path]) => unknownIn(model, path)).filter((found) => found !== undefined);
  if (unknown.length > 0) {
    throw UserError.all(unknown.map(({ path, known }) => new UserError(
      'reference-invalid',
      `stage "${stage}" overrides ${path.join('.')}, which the definitions do not have`,
      `define it for all stages first, in definitions.ts${known.length === 0 ? '' : `, or name one of ${known.join(', ')}`}`,
    )));
  }
  return merge(model, overrides) as Model;
}

/** The values of an override, each with its path. */
export function leavesOf(overrides: unknown, path: readonly string[] = []): [path: readonly string[], value: unknown][] {
  if (!isMap(overrides)) return overrides === undefined ? [] : [[path, overrides]];
  return Object.entries(overrides).flatMap(([key, value]) => leavesOf(value, [...path, key]));
}

/** Where a path leaves the model, and what stands there. */
function unknownIn(model: unknown, path: readonly string[], depth = 0): { readonly path: readonly string[]; readonly known: readonly string[] } | undefined {
  const key = path[depth];
  if (key === undefined) return undefined;
  if (isMap(model) && key in model) return unknownIn(model[key], path, depth + 1);
  return { path: path.slice(0, depth + 1), known: isMap(model) ? Object.keys(model) : [] };
}

function merge(model: unknown, overrides: unknown): unknown {
  if (!isMap(model) || !isMap(overrides)) return overrides === undefined ? model : overrides;
  return Object.fromEntries(Object.entries(model).map(([key, value]) => [key, merge(value, overrides[key])]));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
