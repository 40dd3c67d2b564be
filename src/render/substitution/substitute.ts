import { isMapping, mappingAt, type Data } from '../../model/fields';
import type { Variables } from '../../model/flux-kustomization';
import { evaluate, UNKNOWN } from './evaluate';
import { readGoYaml2, writeGoYaml2 } from './go-yaml-2';

export interface Substituted {
  readonly data: Data;
  /** Variables that have neither a value nor a default. */
  readonly unset: readonly string[];
  /** Variables whose values are not known here: their expressions still stand in the data. */
  readonly unresolved: readonly string[];
  /** Why Flux could not do it; the data is then as it was. */
  readonly failure?: string;
}

/** The field of an object's labels or annotations that keeps Flux from substituting in it. */
const SWITCH = 'kustomize.toolkit.fluxcd.io/substitute';

/** An object with the variables of its Flux Kustomization put in, as Flux does: the types of fields may change by it. */
export function substitute(data: Data, { values, missing, isActive }: Variables): Substituted {
  const unchanged = { data, unset: [], unresolved: [] };
  if (!isActive || isSwitchedOff(data) || !hasDollar(data)) return unchanged;
  try {
    const { text, unset, unresolved } = evaluate(writeGoYaml2(data), (name) => {
      if (values.has(name)) return values.get(name) ?? UNKNOWN;
      return missing.length > 0 ? UNKNOWN : undefined;
    });
    const found = readGoYaml2(text);
    if (!isMapping(found)) throw new Error('no mapping is left');
    return { data: found, unset, unresolved };
  } catch (error) {
    return { ...unchanged, failure: (error as Error).message };
  }
}

function isSwitchedOff(data: Data): boolean {
  return ['labels', 'annotations'].some((field) => mappingAt(data, ['metadata', field])[SWITCH] === 'disabled');
}

function hasDollar(data: unknown): boolean {
  if (typeof data === 'string') return data.includes('$');
  if (typeof data !== 'object' || data === null) return false;
  return Object.entries(data).some(([key, value]) => key.includes('$') || hasDollar(value));
}
