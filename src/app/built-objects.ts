import type { PlacedDirectory } from './layout';
import { pathFrom } from './reach';

/** An object as patches know it: kustomize remembers the names and namespaces that it had on the way. */
export interface BuiltObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly names: readonly string[];
  readonly namespaces: readonly string[];
}

/** What kustomize builds a directory from. */
export interface BuiltObjects {
  readonly objects: readonly BuiltObject[];
  /** Whether these are all: nothing comes from a URL, an encrypted file, a release of upstream or a plugin. */
  readonly complete: boolean;
}

/** Tells what kustomize makes of each directory, as far as the constructs know: all of it but the values. */
export class Builds {
  private readonly byPath: ReadonlyMap<string, PlacedDirectory>;
  private readonly made = new Map<PlacedDirectory, BuiltObjects>();

  constructor(directories: readonly PlacedDirectory[]) {
    this.byPath = new Map(directories.map((placed) => [placed.directory.path, placed]));
  }

  /** The directory at a path from the root. */
  at(path: string | undefined): PlacedDirectory | undefined {
    return path === undefined ? undefined : this.byPath.get(path);
  }

  /** The components that a directory applies, in order. */
  componentsOf({ directory, kustomization }: PlacedDirectory): readonly (PlacedDirectory | undefined)[] {
    return (kustomization.components ?? []).map((component) => this.at(pathFrom(directory.path, component)));
  }

  /** What a directory's own patches find: what it takes in, before it names anything anew. */
  patched(placed: PlacedDirectory): BuiltObjects {
    const { directory, kustomization, objects } = placed;
    if (!directory.hasKustomization) return UNKNOWN;
    const parts: BuiltObjects[] = (kustomization.resources ?? []).map((reference) => this.resource(placed, reference));
    const listed = new Set(kustomization.resources);
    parts.push({ objects: objects.filter(({ file }) => listed.has(file)).map(({ object }) => builtObject(object)), complete: true });
    parts.push({ objects: generatedBy(placed), complete: (kustomization.generators ?? []).length === 0 });
    for (const component of this.componentsOf(placed)) parts.push(component === undefined ? UNKNOWN : this.built(component));
    return { objects: parts.flatMap((part) => part.objects), complete: parts.every((part) => part.complete) };
  }

  /** What it is built into, under the names that it ends up with, too. */
  built(placed: PlacedDirectory): BuiltObjects {
    let made = this.made.get(placed);
    if (made === undefined) {
      this.made.set(placed, UNKNOWN); // one that takes itself in is not ours to report
      const { objects, complete } = this.patched(placed);
      const { namespace, namePrefix = '', nameSuffix = '', transformers = [] } = placed.kustomization;
      made = {
        objects: objects.map((object) => ({
          ...object,
          names: namePrefix + nameSuffix === '' ? object.names : [...object.names, ...object.names.map((name) => namePrefix + name + nameSuffix)],
          namespaces: namespace === undefined ? object.namespaces : [...object.namespaces, namespace],
        })),
        complete: complete && transformers.length === 0 && !renames(placed),
      };
      this.made.set(placed, made);
    }
    return made;
  }

  private resource({ directory, files, objects }: PlacedDirectory, reference: string): BuiltObjects {
    if (objects.some(({ file }) => file === reference)) return NOTHING; // its own
    const path = pathFrom(directory.path, reference);
    const other = this.at(path);
    if (other !== undefined) return this.built(other);
    // a file: of this directory, such as a release of upstream, or of another, such as a sync file
    const file = files.find((each) => each.path === path);
    if (file !== undefined || path === undefined) return UNKNOWN;
    const owner = this.at(path.slice(0, Math.max(path.lastIndexOf('/'), 0)));
    const inFile = (owner?.objects ?? []).filter((each) => owner!.directory.pathOf(each.file) === path);
    return inFile.length === 0 ? UNKNOWN : { objects: inFile.map(({ object }) => builtObject(object)), complete: true };
  }
}

const NOTHING: BuiltObjects = { objects: [], complete: true };
const UNKNOWN: BuiltObjects = { objects: [], complete: false };

function builtObject(object: Readonly<Record<string, unknown>>): BuiltObject {
  const { apiVersion, kind, metadata } = object as { apiVersion: string; kind: string; metadata?: { name?: string; namespace?: string } };
  return { apiVersion, kind, names: [metadata?.name ?? ''], namespaces: [metadata?.namespace ?? ''] };
}

function generatedBy({ kustomization: { configMapGenerator = [], secretGenerator = [] } }: PlacedDirectory): BuiltObject[] {
  const built = (kind: string) => ({ name, namespace = '' }: { readonly name: string; readonly namespace?: string }): BuiltObject => ({ apiVersion: 'v1', kind, names: [name], namespaces: [namespace] });
  return [...configMapGenerator.map(built('ConfigMap')), ...secretGenerator.map(built('Secret'))];
}

/** Whether a patch of it may call an object something else. */
function renames({ kustomization: { patches = [] } }: PlacedDirectory): boolean {
  return patches.some(({ options }) => options?.allowNameChange === true || options?.allowKindChange === true);
}
