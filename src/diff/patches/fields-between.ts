import type { AppliedObject } from '../../model/applied-object';
import { isMapping } from '../../model/fields';
import type { SchemaSet } from '../../schema/schema-set';
import type { FieldChange } from '../changes';
import { diffValues } from '../fields/diff-values';
import { withImages } from '../fields/images';
import { hideInChange } from '../fields/secrets';

/** How an object differs when it arrives, as far as that shows without building it. */
export function fieldsBetween(before: unknown, after: unknown, { apiVersion, group, kind }: Pick<AppliedObject, 'apiVersion' | 'group' | 'kind'>, schemas: SchemaSet): FieldChange[] {
  if (before === after || !isMapping(before) || !isMapping(after)) return [];
  const sides = { before: { data: before, markers: NO_MARKERS }, after: { data: after, markers: NO_MARKERS } };
  return withImages(diffValues(before, after, schemas.find(apiVersion, kind)?.nodes[0]), sides).filter(isSeen).map((field) => hideInChange(field, { isSecret: group === '' && kind === 'Secret' }));
}

const NO_MARKERS = new Map<never, never>();

/** What comes of some operations is not followed. */
function isSeen({ before, after }: FieldChange): boolean {
  return typeof before !== 'symbol' && typeof after !== 'symbol';
}
