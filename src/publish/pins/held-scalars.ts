import { Arrivals } from './arrivals';
import type { Committed } from '../committed';
import { hasConflictMarkers } from '../conflict-markers';
import { ManifestFile } from '../../tree/file';
import { parseImage } from '../../tree/image-reference';
import { objectKey } from '../../tree/object-key';
import { valueAt, type Pin } from './pin';
import type { PinIndex } from './pin-index';
import type { PinSearch } from './pin-search';
import type { Settlement } from './pin-settlement';
import { describePin, shortValue } from './pin-words';
import type { Tree } from '../../tree/tree';

/**
 * Committed pins whose scalar is still there, but that code writes without a marker: they are held. Those whose scalar
 * is gone are named, so that no tag goes unseen.
 */
export function holdScalars(tree: Tree, committed: Committed, search: PinSearch, generated: PinIndex, settlement: Settlement): void {
  const places = new ObjectPlaces(tree, committed);
  const held = new Set<string>();
  for (const pin of search.gone()) {
    const followers = search.followersOf(pin);
    // A marker that went from a whole image to the tag in an ImagePins leaves nothing to hold behind.
    if (followers.some(({ setter }) => setter?.part !== pin.setter?.part)) continue;
    if (generated.has(pin) && search.refused.size > 0) continue;
    const place = places.find(pin) ?? (followers.length === 0 ? places.findRenamed(pin) : undefined);
    if (place === undefined || generated.has({ ...pin, file: place.file, object: place.object })) {
      if (followers.length === 0) settlement.notes.push(`pin ${describePin(pin)}: ${shortValue(pin, pin.value)} leaves the tree`);
      continue;
    }
    const key = `${place.file} ${place.object} ${pin.path}`;
    if (held.has(key)) continue;
    held.add(key);
    const wanted = { ...pin, file: place.object === pin.object ? place.file : pin.file };
    const found = search.byObject(wanted);
    if (found !== undefined) settlement.hold(found, place.file, place.document, pin.path, place.literal);
    else settlement.reset({ ...wanted, file: place.file }, search.refused.get(wanted) ?? [], place.literal);
  }
}

/** Whether code says for a plain scalar what it said for the pin; of one that was not held that is not known, but for its image. */
function isSameInCode(pin: Pin, literal: string): boolean {
  if (pin.hold !== undefined) return pin.hold.literal === literal;
  return pin.setter !== undefined && pin.setter.part === undefined && parseImage(literal).repository === pin.repository;
}

interface Place {
  readonly file: string;
  readonly object: string;
  readonly document: number;
  readonly literal: string;
}

/** Where the new tree has a plain scalar at an object's path. */
class ObjectPlaces {
  private readonly inFile = new Map<string, Map<string, { document: number; object: unknown }>>();
  private changed?: readonly string[];
  private readonly arrivals: Arrivals;

  constructor(private readonly tree: Tree, private readonly committed: Committed) {
    this.arrivals = new Arrivals(tree, committed);
  }

  find(pin: Pin): Place | undefined {
    const isInPlace = this.objectsIn(pin.file).has(pin.object);
    return this.findIn([pin.file, ...(isInPlace ? [] : this.changedFiles())], pin) ?? (isInPlace ? undefined : this.findIn(this.arrivals.filesWith(pin.object), pin));
  }

  private findIn(files: Iterable<string>, pin: Pin): Place | undefined {
    for (const file of files) {
      const found = this.objectsIn(file).get(pin.object);
      const literal = found === undefined ? undefined : valueAt(found.object, pin.path);
      if (found !== undefined && typeof literal === 'string') return { file, object: pin.object, document: found.document, literal };
    }
    return undefined;
  }

  /** An object that was not there before, of the same kind and with what the pin's scalar had in code: the pin's object, renamed. */
  findRenamed(pin: Pin): Place | undefined {
    const kind = pin.object.split('/').slice(0, -2).join('/');
    const found: Place[] = [];
    for (const file of this.changedFiles()) {
      for (const [key, { document, object }] of this.objectsIn(file)) {
        if (key.split('/').slice(0, -2).join('/') !== kind || key === pin.object) continue;
        const literal = valueAt(object, pin.path);
        if (typeof literal === 'string' && isSameInCode(pin, literal) && !this.wasThere(file, key)) found.push({ file, object: key, document, literal });
      }
    }
    return found.length === 1 ? found[0] : undefined;
  }

  private wasThere(path: string, object: string): boolean {
    const bytes = this.committed.contents(path);
    if (bytes === undefined || hasConflictMarkers(bytes.toString('utf8'))) return false;
    return ManifestFile.fromText(path, bytes.toString('utf8')).documents.some((document) => objectKey(document.object, path) === object);
  }

  /** An object that comes to a file makes that file differ, so the others need not be read. */
  private changedFiles(): readonly string[] {
    return (this.changed ??= [...this.tree].filter((file) => file.type === 'manifests' && !this.committed.holds(file)).map(({ path }) => path));
  }

  private objectsIn(path: string): Map<string, { document: number; object: unknown }> {
    const known = this.inFile.get(path);
    if (known !== undefined) return known;
    const objects = new Map<string, { document: number; object: unknown }>();
    const file = this.tree.get(path);
    if (file?.type === 'manifests') file.documents.forEach(({ object }, document) => objects.set(objectKey(object, path), { document, object }));
    this.inFile.set(path, objects);
    return objects;
  }
}
