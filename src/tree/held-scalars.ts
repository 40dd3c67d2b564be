import { objectKey } from './object-key';
import { valueAt, type Pin } from './pin';
import type { PinIndex } from './pin-index';
import type { PinSearch } from './pin-search';
import type { Settlement } from './pin-settlement';
import { describePin, shortValue } from './pin-words';
import type { Tree } from './tree';

/**
 * Committed pins whose scalar is still there, but that code writes without a marker: they are held. Those whose scalar
 * is gone are named, so that no tag goes unseen.
 */
export function holdScalars(tree: Tree, search: PinSearch, generated: PinIndex, settlement: Settlement): void {
  const places = new ObjectPlaces(tree);
  const held = new Set<string>();
  for (const pin of search.gone()) {
    const followers = search.followersOf(pin);
    // A marker that went from a whole image to the tag in an ImagePins leaves nothing to hold behind.
    if (followers.some(({ setter }) => setter?.part !== pin.setter?.part)) continue;
    const place = places.find(pin);
    if (place === undefined) {
      if (followers.length === 0) settlement.notes.push(`pin ${describePin(pin)}: ${shortValue(pin, pin.value)} leaves the tree`);
      continue;
    }
    const slot = { ...pin, file: place.file };
    if (generated.has(slot) || held.has(`${place.file} ${pin.object} ${pin.path}`)) continue;
    held.add(`${place.file} ${pin.object} ${pin.path}`);
    const committed = search.byObject(slot);
    if (committed !== undefined) settlement.hold(committed, place.file, place.document, pin.path, place.literal);
  }
}

interface Place {
  readonly file: string;
  readonly document: number;
  readonly literal: string;
}

/** Where the new tree has a plain scalar at an object's path. */
class ObjectPlaces {
  private readonly inFile = new Map<string, Map<string, { document: number; object: unknown }>>();
  private files?: Map<string, string[]>;

  constructor(private readonly tree: Tree) {}

  find(pin: Pin): Place | undefined {
    for (const file of [pin.file, ...(this.objectsIn(pin.file).has(pin.object) ? [] : this.filesWith(pin.object))]) {
      const found = this.objectsIn(file).get(pin.object);
      const literal = found === undefined ? undefined : valueAt(found.object, pin.path);
      if (found !== undefined && typeof literal === 'string') return { file, document: found.document, literal };
    }
    return undefined;
  }

  private filesWith(object: string): readonly string[] {
    if (this.files === undefined) {
      this.files = new Map();
      for (const path of this.tree.paths()) for (const key of this.objectsIn(path).keys()) this.files.set(key, [...(this.files.get(key) ?? []), path]);
    }
    return this.files.get(object) ?? [];
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
