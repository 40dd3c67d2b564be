import type { Check } from '../check';
import { quoteValue, type FieldPath } from '../schema-problem';
import { fieldsOf, problemAt, type Fields } from './object-parts';
import { isLabelValue, isQualifiedName } from './syntax';

const KEY = 'a key is up to 63 letters, digits, "-", "_" and ".", with or without "a.domain/" before them';
const MOST_ANNOTATIONS = 256 * 1024;

/** The labels and annotations of an object or a template. */
export function checkLabels(metadata: Fields, path: FieldPath, check: Check): void {
  checkLabelMap(metadata['labels'], [...path, 'labels'], check);
  let size = 0;
  for (const [key, value] of Object.entries(fieldsOf(metadata['annotations']))) {
    size += key.length + (typeof value === 'string' ? value.length : 0);
    if (!check.isOpaque(key) && !isQualifiedName(key.toLowerCase())) problemAt(check, [...path, 'annotations', key], 'label', `has a key that is none: ${KEY}`);
  }
  if (size > MOST_ANNOTATIONS) problemAt(check, [...path, 'annotations'], 'length', `hold ${size} bytes; all annotations together have at most ${MOST_ANNOTATIONS}`);
}

/** Labels, or what a selector compares with labels. */
export function checkLabelMap(labels: unknown, path: FieldPath, check: Check): void {
  for (const [key, value] of Object.entries(fieldsOf(labels))) {
    if (!check.isOpaque(key) && !isQualifiedName(key)) problemAt(check, [...path, key], 'label', `has a key that is none: ${KEY}`);
    if (typeof value === 'string' && !check.isOpaque(value) && !isLabelValue(value)) {
      problemAt(check, [...path, key], 'label', `is ${quoteValue(value)}; a label's value is up to 63 letters, digits, "-", "_" and ".", and begins and ends with a letter or digit`);
    }
  }
}

/** A selector with `matchLabels` and `matchExpressions`. */
export function checkLabelSelector(selector: unknown, path: FieldPath, check: Check): void {
  const { matchLabels, matchExpressions } = fieldsOf(selector);
  checkLabelMap(matchLabels, [...path, 'matchLabels'], check);
  for (const [index, expression] of (Array.isArray(matchExpressions) ? matchExpressions : []).entries()) {
    const { operator, values } = fieldsOf(expression);
    const count = Array.isArray(values) ? values.length : 0;
    const where = [...path, 'matchExpressions', index];
    if ((operator === 'In' || operator === 'NotIn') && count === 0) problemAt(check, [...where, 'values'], 'required', `is missing: ${operator} compares with values`);
    if ((operator === 'Exists' || operator === 'DoesNotExist') && count > 0) problemAt(check, [...where, 'values'], 'combination', `must not be there: ${operator} compares with nothing`);
  }
}
