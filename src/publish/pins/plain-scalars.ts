import { flowScalar } from '../../yaml/scalar';
import { hasConflictMarkers } from '../conflict-markers';
import { ManifestFile } from '../../tree/file';
import { parseImage } from '../../tree/image-reference';
import { objectKey } from '../../tree/object-key';
import { repositoryOf, valueAt, type Pin } from './pin';
import { locateScalar } from './scalar-edits';

/** The own text at a path in one state of the tree; undefined where there is none. */
export type TextAt = (path: string) => string | undefined;

/** The scalars of one state that have no marker, looked at where a pin is to stand: what was committed there runs, too. */
export class PlainScalars {
  private readonly files = new Map<string, { readonly file: ManifestFile; readonly objects: ReadonlyMap<string, number> } | undefined>();
  private readonly found = new Map<string, Pin | undefined>();

  constructor(private readonly textAt: TextAt) {}

  /** At the very file, object and path of a pin. Another image is another value, not an older one. */
  at(slot: Pin): Pin | undefined {
    const key = `${slot.file}\n${slot.object}\n${slot.path}\n${slot.setter?.policy}\n${slot.setter?.part}\n${slot.repository}`;
    if (!this.found.has(key)) this.found.set(key, this.find(slot));
    return this.found.get(key);
  }

  private find(slot: Pin): Pin | undefined {
    const read = this.read(slot.file);
    const document = read?.objects.get(slot.object);
    if (read === undefined || document === undefined) return undefined;
    const { object } = read.file.documents[document]!;
    const value = valueAt(object, slot.path);
    if (typeof value !== 'string') return undefined;
    const at = locateScalar(read.file.text, document, slot.path);
    const source = at === undefined ? flowScalar(value) : read.file.text.slice(at.start, at.end);
    const line = at === undefined ? read.file.documents[document]!.line : read.file.text.slice(0, at.start).split('\n').length;
    const plain: Pin = { ...slot, document, value, source, line, comment: '', hold: undefined, isPlain: true, repository: repositoryOf(object, { path: slot.path, value }, slot.setter) };
    if (plain.repository !== undefined && slot.repository !== undefined && plain.repository !== slot.repository) return undefined;
    // An image without a tag says nothing that a pin could go on from.
    const isWhole = slot.setter !== undefined && slot.setter.part === undefined;
    return isWhole && parseImage(value).tag === undefined && parseImage(value).digest === undefined ? undefined : plain;
  }

  private read(path: string): { readonly file: ManifestFile; readonly objects: ReadonlyMap<string, number> } | undefined {
    if (!this.files.has(path)) {
      const text = this.textAt(path);
      this.files.set(path, text === undefined || hasConflictMarkers(text) ? undefined : readObjects(path, text));
    }
    return this.files.get(path);
  }
}

/** History may hold what is no YAML; that is then no source of values. */
function readObjects(path: string, text: string): { file: ManifestFile; objects: Map<string, number> } | undefined {
  try {
    const file = ManifestFile.fromText(path, text.replaceAll('\r\n', '\n'));
    return { file, objects: new Map(file.documents.map(({ object }, document) => [objectKey(object, path), document])) };
  } catch {
    return undefined;
  }
}
