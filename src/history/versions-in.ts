import { UserError } from '../errors';
import { at, isMapping, listAt, mappingAt, textAt, type Data } from '../model/fields';
import { identityOf, identityTitle } from '../model/source-object';
import { parseMarker } from '../yaml/marker';
import { readDocuments } from '../yaml/read';
import { pathStep } from '../yaml/write';
import { imageVersion, versionOf, type Version } from './version';

/** A text without any of these has no version in it. */
const MAY_HOLD = /[iI]mage|newTag|newName|digest|\btag["']?:|\bversion["']?:|semver|\$imagepolicy/;

/** Finds the versions in files. Documents are remembered by their text: most versions of a file differ in one of many. */
export class VersionReader {
  private readonly known = new Map<string, readonly Version[]>();

  versionsIn(text: string): readonly Version[] {
    if (!MAY_HOLD.test(text)) return [];
    const parts = text.split(/^---(?=\s|$)/m).filter((part) => MAY_HOLD.test(part));
    return parts.flatMap((part) => {
      let found = this.known.get(part);
      if (found === undefined) this.known.set(part, (found = versionsOf(part)));
      return found;
    });
  }
}

function versionsOf(text: string): Version[] {
  const found = read(text);
  return found === undefined ? [] : found.objects.flatMap((object, index) => versionsOfObject(object, found.marked.filter(({ document }) => document === index)));
}

interface Marked {
  readonly document: number;
  readonly path: string;
  readonly value: string;
  readonly policy: string;
  readonly part: string | undefined;
}

function read(text: string): { readonly objects: readonly unknown[]; readonly marked: readonly Marked[] } | undefined {
  try {
    const { documents, commented } = readDocuments(text, '');
    return {
      objects: documents.map(({ object }) => object),
      marked: commented.flatMap(({ document, path, value, comment }) => {
        const marker = parseMarker(comment);
        return marker === undefined ? [] : [{ document, path, value, policy: marker.policy, part: marker.part }];
      }),
    };
  } catch (error) {
    if (UserError.is(error)) return undefined; // at some time somebody broke it
    throw error;
  }
}

function versionsOfObject(data: unknown, marked: readonly Marked[]): Version[] {
  if (isMapping(data) && data['kind'] === 'ImageRepository') return []; // it names what is looked at, not what runs
  const object = isMapping(data) && typeof data['kind'] === 'string' && identityOf(data).name !== '' ? identityTitle(identityOf(data)) : '';
  const found: Version[] = [];
  const add = (type: Version['type'], { name, version }: Pick<Version, 'name' | 'version'>, field: string): void => {
    const policy = marked.find(({ path }) => path === field || path.startsWith(`${field}.`))?.policy;
    found.push({ type, name, version, object, field, ...(policy === undefined ? {} : { policy }) });
  };
  if (isMapping(data)) addRelease(data, add);
  visit(data, '', 0, add);
  for (const { path, value, policy, part } of marked) {
    if (found.some(({ field }) => path === field || path.startsWith(`${field}.`))) continue;
    const image = part === undefined ? imageVersion(value) : { name: policy, version: value };
    found.push({ type: 'image', ...image, object, field: path, policy });
  }
  return found;
}

type Add = (type: Version['type'], version: Pick<Version, 'name' | 'version'>, field: string) => void;

/** Charts, and sources that name a release. */
function addRelease(data: Data, add: Add): void {
  const chart = mappingAt(data, 'spec.chart.spec');
  const release = textAt(chart, 'version');
  // a patch of a stage says the version alone
  if (data['kind'] === 'HelmRelease' && release !== undefined) add('chart', { name: textAt(chart, 'chart') ?? textAt(data, 'metadata.name') ?? '', version: release }, 'spec.chart.spec');
  const reference = mappingAt(data, 'spec.ref');
  const version = textAt(reference, 'digest') ?? textAt(reference, 'semver') ?? textAt(reference, 'tag') ?? textAt(reference, 'commit');
  if (/^(OCI|Git)Repository$/.test(String(data['kind'])) && version !== undefined) add('source', { name: textAt(data, 'spec.url') ?? '', version }, 'spec.ref');
}

/** Nobody nests manifests deeper; a hostile file may. */
const DEEPEST = 100;

function visit(value: unknown, path: string, depth: number, add: Add): void {
  if (depth > DEEPEST) return;
  if (Array.isArray(value)) return void value.forEach((item, index) => visit(item, `${path}${pathStep(value, index)}`, depth + 1, add));
  if (!isMapping(value)) return;
  const below = (key: string): string => (path === '' ? key : `${path}.${key}`);
  for (const [key, child] of Object.entries(value)) {
    if ((key === 'image' || key === 'imageName') && isImage(child)) add('image', imageVersion(child), below(key));
    else if (key === 'image' && isMapping(child) && typeof child['repository'] === 'string') add('image', versionOf({ repository: withRegistry(child), tag: scalarAt(child, 'tag'), digest: scalarAt(child, 'digest') }), below(key));
    else if (key === 'images' && listAt(value, key).some((entry) => at(entry, 'name') !== undefined)) addReplacements(value, below(key), add);
    else if (key === 'patch' && typeof child === 'string') addPatch(child, below(key), depth, add);
    else visit(child, below(key), depth + 1, add);
  }
  const [operation, image] = [textAt(value, 'path'), value['value']];
  if (typeof value['op'] === 'string' && operation !== undefined && /\/(image|imageName)$/.test(operation) && isImage(image)) add('image', imageVersion(image), `${path}.value`);
}

/** `images` of a kustomization.yaml, or of a Flux Kustomization. */
function addReplacements(parent: Data, path: string, add: Add): void {
  const entries = listAt(parent, 'images');
  entries.forEach((entry, index) => {
    const [tag, digest] = [scalarAt(entry, 'newTag'), scalarAt(entry, 'digest')];
    const repository = textAt(entry, 'newName') ?? textAt(entry, 'name') ?? '';
    if (tag !== undefined || digest !== undefined || textAt(entry, 'newName') !== undefined) add('image', versionOf({ repository, tag, digest }), `${path}${pathStep(entries, index)}`);
  });
}

/** A patch that is written in place is a text. */
function addPatch(text: string, path: string, depth: number, add: Add): void {
  if (MAY_HOLD.test(text)) read(text)?.objects.forEach((object) => visit(object, path, depth + 1, add));
}

function isImage(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.${}][^\s]*$/.test(value) && !/:\/\/|\.(png|svg|jpe?g|gif)$/i.test(value);
}

function withRegistry(image: Data): string {
  const registry = textAt(image, 'registry') ?? '';
  return registry === '' ? String(image['repository']) : `${registry}/${String(image['repository'])}`;
}

/** A tag such as 1.10 is often written without quotes, and is a number then. */
function scalarAt(data: unknown, field: string): string | undefined {
  const value = at(data, field);
  return typeof value === 'string' ? (value === '' ? undefined : value) : typeof value === 'number' ? String(value) : undefined;
}
