import type { Check } from '../check';
import { quoteValue, type FieldPath } from '../schema-problem';
import { fieldsOf, isSet, itemsOf, problemAt, textOf, type Fields } from './object-parts';
import { isDnsLabel } from './syntax';

/**
 * The volumes of a pod.
 * @param claims names that a StatefulSet's claim templates add
 * @returns their names
 */
export function checkVolumes(spec: Fields, at: FieldPath, claims: readonly string[], check: Check): ReadonlySet<string> {
  const names = new Set<string>(claims);
  for (const [index, item] of itemsOf(spec['volumes']).entries()) {
    const { name, ...sources } = fieldsOf(item);
    const path = [...at, 'volumes', index];
    if (name === '') problemAt(check, [...path, 'name'], 'required', 'is empty, and must not be');
    const text = textOf(name, check);
    if (text !== undefined && !isDnsLabel(text)) problemAt(check, [...path, 'name'], 'name', `is ${quoteValue(text)}; a volume's name has lower-case letters, digits and dashes, at most 63 of them`);
    if (typeof name === 'string') names.add(name);
    const set = Object.keys(sources).filter((source) => isSet(sources[source]));
    if (set.includes('configMap') && !isSet(fieldsOf(sources['configMap'])['name'])) problemAt(check, [...path, 'configMap', 'name'], 'required', 'is missing, and has to be there');
    const { claimName } = fieldsOf(sources['persistentVolumeClaim']);
    if (claimName === '') problemAt(check, [...path, 'persistentVolumeClaim', 'claimName'], 'required', 'is empty, and must not be');
    if (set.length > 1) problemAt(check, path, 'combination', `has ${set.join(' and ')}; a volume has one source`);
  }
  return names;
}
