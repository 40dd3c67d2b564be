import { containersOf } from '../model/containers';
import { textAt } from '../model/fields';
import type { Repository } from '../model/repository';
import type { SourceObject } from '../model/source-object';
import { baseName } from '../tree/path';
import { parseImage } from '../tree/image-reference';
import { isDefinition } from './release';

/** A file that looks like the release of another project: it brings definitions. */
export interface KeptRelease {
  readonly name: string;
  /** As its objects say; undefined where they do not, or say different things. */
  readonly version: string | undefined;
  readonly file: string;
}

/** The files of a repository in which somebody keeps releases of others. */
export function keptReleases({ objects }: Repository): KeptRelease[] {
  const files = new Set(objects.filter(isDefinition).map(({ file }) => file));
  const byFile = new Map([...files].map((file): [string, SourceObject[]] => [file, []]));
  for (const object of objects) byFile.get(object.file)?.push(object);
  return [...byFile].map(([file, all]) => ({ name: nameOf(file), version: versionOf(all), file }));
}

function nameOf(file: string): string {
  const name = baseName(file).replace(/\.(ya?ml|json)$/, '').replace(/[-_.]?v?\d+(\.\d+)+.*$/, '');
  return name === 'gotk-components' ? 'flux' : name;
}

/** What the objects are labelled with, or what runs. */
function versionOf(objects: readonly SourceObject[]): string | undefined {
  const labels = objects.flatMap(({ data }) => textAt(data, ['metadata', 'labels', 'app.kubernetes.io/version']) ?? []);
  const tags = objects.flatMap(containersOf).flatMap(({ data }) => parseImage(textAt(data, 'image') ?? '').tag ?? []);
  const found = [labels, tags].map((versions) => [...new Set(versions)]).find((versions) => versions.length > 0) ?? [];
  return found.length === 1 ? found[0] : undefined;
}
