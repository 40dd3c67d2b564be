import { at, mapping, textAt, type Data, type Step } from '../../model/fields';
import type { ManifestFile } from '../../tree/file';
import { parseImage, type ImageReference } from '../../tree/image-reference';
import { parseMarker, type Marker } from '../../yaml/marker';
import type { FieldChange, FieldStep } from '../changes';
import { fieldPath } from './field-path';

/** The markers of one document, by path: what Flux's image automation sets. */
export type Markers = ReadonlyMap<string, { readonly value: string; readonly marker: Marker }>;

export function markersIn(file: ManifestFile | undefined, document: number): Markers {
  if (file === undefined || !file.text.includes('$imagepolicy')) return NONE;
  return new Map(file.commented.flatMap(({ document: of, path, value, comment }) => {
    const marker = of === document ? parseMarker(comment) : undefined;
    return marker === undefined ? [] : [[path, { value, marker }]];
  }));
}

const NONE: Markers = new Map();

/** What a change is, with the images that the values are and the policies that set them, and changes of the markers alone. */
export function withImages(changes: readonly FieldChange[], sides: { readonly before: Side; readonly after: Side }): FieldChange[] {
  const told = changes.map((change) => withImage(change, sides));
  const known = new Set(changes.map(({ steps }) => plainPath(steps)));
  const paths = [...new Set([...sides.before.markers.keys(), ...sides.after.markers.keys()])].sort();
  const marked = paths.filter((path) => !known.has(path)).flatMap((path): FieldChange[] => {
    const [was, is] = [sides.before.markers.get(path), sides.after.markers.get(path)];
    const [before, after] = [was, is].map((one) => (one === undefined ? undefined : markerText(one.marker)));
    const isInBoth = [sides.before, sides.after].every(({ data }) => valueAt(data, path) !== undefined);
    return before === after || !isInBoth ? [] : [{ path, steps: [path], type: 'marked', before, after }];
  });
  return [...told, ...marked];
}

/** One version of an object or a file. */
export interface Side {
  readonly data: unknown;
  readonly markers: Markers;
}

function withImage(change: FieldChange, { before, after }: { readonly before: Side; readonly after: Side }): FieldChange {
  const path = plainPath(change.steps);
  const [was, is] = [before.markers.get(path)?.marker, after.markers.get(path)?.marker];
  const [old, now] = [imageOf(change.before, change.steps, was ?? is, before.data), imageOf(change.after, change.steps, is ?? was, after.data)];
  if (old === undefined && now === undefined) return change;
  return { ...change, image: { before: old, after: now, policy: { before: was?.policy, after: is?.policy } } };
}

function imageOf(value: unknown, steps: readonly FieldStep[], marker: Marker | undefined, data: unknown): ImageReference | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const field = steps.at(-1);
  const repository = repositoryBeside(steps, data);
  if (field === 'repository' && isImage(steps, data)) return { repository: value };
  if (marker?.part === 'tag' || field === 'newTag' || (field === 'tag' && repository !== '')) return { repository, tag: value };
  if (marker?.part === 'digest' || (field === 'digest' && steps.includes('images'))) return { repository, digest: value };
  if (marker?.part === 'name' || field === 'newName') return { repository: value };
  return marker !== undefined || field === 'image' || field === 'imageName' ? parseImage(value) : undefined;
}

/** In the values of a chart: a repository with a tag, or under `image`. */
function isImage(steps: readonly FieldStep[], data: unknown): boolean {
  return steps.at(-2) === 'image' || textAt(parentOf(steps, data), 'tag') !== undefined;
}

function parentOf(steps: readonly FieldStep[], data: unknown): Data {
  return mapping(valueOf(data, steps.slice(0, -1)));
}

/** A tag alone belongs to what stands beside it: `name` or `newName` in a kustomization.yaml, `repository` in the values of a chart. */
function repositoryBeside(steps: readonly FieldStep[], data: unknown): string {
  const item = steps.at(-2);
  const parent = parentOf(steps, data);
  const named = textAt(parent, 'newName') ?? textAt(parent, 'repository') ?? textAt(parent, 'name');
  if (named !== undefined) return named;
  return typeof item === 'object' && typeof item['name'] === 'string' ? item['name'] : '';
}

/** As the reader of YAML names places: items by their name, or else by their index. */
function plainPath(steps: readonly FieldStep[]): string {
  return steps.map((step) => (typeof step === 'string' ? `.${step}` : fieldPath([step]))).join('').replace(/^\./, '');
}

function valueOf(data: unknown, steps: readonly FieldStep[]): unknown {
  let value = data;
  for (const step of steps) {
    if (typeof step === 'object') value = Array.isArray(value) ? value.find((item: unknown) => Object.entries(step).every(([key, wanted]) => at(item, [key]) === wanted)) as unknown : undefined;
    else value = at(value, [step as Step]);
  }
  return value;
}

function valueAt(data: unknown, path: string): unknown {
  const steps = [...path.matchAll(/\[name=([^\]]*)\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, name, index, key]): FieldStep => (name !== undefined ? { name } : index !== undefined ? Number(index) : key!));
  return valueOf(data as Data, steps);
}

function markerText({ policy, part }: Marker): string {
  return part === undefined ? policy : `${policy}:${part}`;
}
