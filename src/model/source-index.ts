import type { SourceObject } from './source-object';
import { isSource, type SourceReference } from './sources';

/** Sources by what a reference says of them: there may be one for each of thousands of tenants. */
export class SourceIndex {
  private readonly byName = new Map<string, SourceObject[]>();

  constructor(objects: readonly SourceObject[]) {
    for (const object of objects) {
      if (object.group !== 'source.toolkit.fluxcd.io') continue;
      const key = keyOf(object);
      const known = this.byName.get(key);
      if (known === undefined) this.byName.set(key, [object]);
      else known.push(object);
    }
  }

  /** Those that a reference means, which may be written more than once. */
  named(reference: SourceReference): readonly SourceObject[] {
    return (this.byName.get(keyOf(reference)) ?? []).filter((object) => isSource(reference, object));
  }
}

function keyOf({ kind, name }: Pick<SourceReference, 'kind' | 'name'>): string {
  return `${kind}/${name}`;
}
