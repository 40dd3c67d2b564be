import { at, isMapping, textAt, type Data, type Step } from '../../model/fields';
import type { LineFinder } from '../../model/line-finder';
import type { Repository } from '../../model/repository';
import { IGNORE_ANNOTATION } from './ignore-annotation';

/** The path of the annotation in an object. */
export const ANNOTATION_PATH: readonly Step[] = ['metadata', 'annotations', IGNORE_ANNOTATION];

/** An object, a patch or a kustomization.yaml that asks for findings to be let be. */
export interface AnnotatedObject {
  readonly file: string;
  readonly kind: string;
  readonly name: string;
  /** The text of the annotation. */
  readonly text: string;
  /** Where that stands. */
  readonly line: number;
  /** The lines that it speaks for, the last one included. */
  readonly from: number;
  readonly to: number;
}

/** Every document of a tree that has the annotation; in a List, each item speaks for itself. */
export function annotatedObjects(repository: Repository, lines: LineFinder): AnnotatedObject[] {
  const found: AnnotatedObject[] = [];
  for (const file of repository.tree) {
    if (file.type !== 'manifests' || repository.errorIn(file.path) !== undefined || !file.text.includes(IGNORE_ANNOTATION)) continue;
    const documents = repository.documentsIn(file.path);
    documents.forEach(({ object, line }, index) => {
      const to = (documents[index + 1]?.line ?? Infinity) - 1;
      const add = (data: unknown, path: readonly Step[], from: number, last: number): void => {
        const text = ignoreAnnotationOf(data);
        if (text === undefined) return;
        found.push({ file: file.path, ...called(data), text, line: lines.lineOf(file.path, index, [...path, ...ANNOTATION_PATH]), from, to: last });
      };
      add(object, [], line, to);
      const items = at(object, 'items');
      if (!Array.isArray(items) || !textAt(object, 'kind')?.endsWith('List')) return;
      const starts = items.map((_, item) => lines.lineOf(file.path, index, ['items', item]));
      items.forEach((item, place) => add(item, ['items', place], starts[place]!, (starts[place + 1] ?? to + 1) - 1));
    });
  }
  return found;
}

/** What an object says in the annotation; undefined where it has none. */
export function ignoreAnnotationOf(data: unknown): string | undefined {
  const value = at(data, ANNOTATION_PATH);
  return value === undefined ? undefined : typeof value === 'string' ? value : '';
}

function called(data: unknown): { kind: string; name: string } {
  const object: Data = isMapping(data) ? data : {};
  return { kind: textAt(object, 'kind') ?? '', name: textAt(object, 'metadata.name') ?? '' };
}
