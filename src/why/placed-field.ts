import { at, isMapping, type Step } from '../model/fields';
import { fieldAtLine, type FieldAtLine } from '../model/field-at-line';
import type { Repository } from '../model/repository';
import { identityOf, identityTitle } from '../model/source-object';
import { pathStep } from '../yaml/write';

/** What a line of a manifest says. */
export interface PlacedField extends FieldAtLine {
  readonly object: string | undefined;
  /** The path as people write it; '' on top. */
  readonly field: string;
  readonly data: unknown;
}

export function placedField(repository: Repository, path: string, line: number): PlacedField | undefined {
  const file = repository.tree.get(path);
  const found = file?.type === 'manifests' ? fieldAtLine(file.text, line) : undefined;
  const data = repository.documentsIn(path)[found?.document ?? -1]?.object;
  if (found === undefined || data === undefined) return undefined;
  const identity = isMapping(data) ? identityOf(data) : undefined;
  return { ...found, data, field: fieldText(data, found.path), object: identity === undefined || identity.kind === '' || identity.name === '' ? undefined : identityTitle(identity) };
}

/** Items of lists by their names, where they have some. */
export function fieldText(data: unknown, path: readonly Step[]): string {
  return path.map((step, index) => pathStep(at(data, path.slice(0, index)), step)).join('').replace(/^\./, '');
}
