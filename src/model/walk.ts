import { isClusterScoped } from '../tree/cluster-scoped';
import type { AppliedObject } from './applied-object';
import { listAt, mappingAt, textAt, type Data } from './fields';
import { isRemote, referencesOf, resolveTarget, type KustomizationFile, type Reference } from './kustomization-file';
import type { Repository } from './repository';
import { isLeftOut } from './source-ignore';
import { identityOf, type SourceObject } from './source-object';

/** What a directory is made of, and about what it applies, as far as that can be told without kustomize. */
export interface Walk {
  /** Objects as they are written, with the namespaces, prefixes and suffixes that kustomization files give them; no patch is applied. */
  readonly objects: readonly AppliedObject[];
  /** Every file that a build of the directory reads. */
  readonly files: ReadonlySet<string>;
  /** References to what is not there. */
  readonly missing: readonly FoundReference[];
  /** References to URLs and to other repositories. */
  readonly remote: readonly FoundReference[];
}

export interface FoundReference {
  readonly kustomization: KustomizationFile;
  readonly reference: Reference;
}

/** Walks from directories along what their kustomization files name. Directories that several share are walked once. */
export class Walker {
  private readonly walks = new Map<string, Walk>();
  private readonly entered = new Set<string>();

  constructor(private readonly repository: Repository) {}

  /** A directory, with a kustomization.yaml of its own or with the one that Flux would generate for it. */
  walk(directory: string): Walk {
    const known = this.walks.get(directory);
    if (known !== undefined) return known;
    if (this.entered.has(directory)) return NOTHING; // it leads back to itself, which kustomize refuses
    this.entered.add(directory);
    const kustomization = this.repository.kustomizations.get(directory);
    const walk = kustomization === undefined ? this.walkGenerated(directory) : this.walkFile(kustomization);
    this.entered.delete(directory);
    this.walks.set(directory, walk);
    return walk;
  }

  private walkGenerated(directory: string): Walk {
    return join(generatedResources(this.repository, directory).map((path) => (this.repository.isDirectory(path) ? this.walk(path) : this.walkManifests(path))));
  }

  private walkFile(kustomization: KustomizationFile): Walk {
    const parts: Walk[] = [{ ...NOTHING, files: new Set([kustomization.path]) }];
    for (const reference of referencesOf(kustomization)) parts.push(this.follow(kustomization, reference));
    const joined = join(parts);
    return { ...joined, objects: [...joined.objects.map((object) => transformed(object, kustomization.data)), ...generated(kustomization)] };
  }

  private follow(kustomization: KustomizationFile, reference: Reference): Walk {
    const found = { kustomization, reference };
    if (reference.role !== 'inputs' && isRemote(reference.target)) return { ...NOTHING, remote: [found] };
    const target = resolveTarget(kustomization.directory, reference.target);
    if (target === undefined) return { ...NOTHING, missing: [found] };
    const isFile = this.repository.tree.has(target);
    if (reference.role === 'resources') {
      if (isFile) return this.walkManifests(target);
      // a directory among the resources must have a kustomization file: Flux generates one for its own path alone
      return this.repository.kustomizations.has(target) ? this.walk(target) : { ...NOTHING, missing: [found] };
    }
    if (isFile) return { ...NOTHING, files: new Set([target]) };
    const { isComponent = false } = this.repository.kustomizations.get(target) ?? {};
    const isDirectory = this.repository.kustomizations.has(target) && (isComponent || reference.role === 'configuration');
    if (!isDirectory) return reference.role === 'components' && this.repository.kustomizations.has(target) ? this.walk(target) : { ...NOTHING, missing: [found] };
    const walk = this.walk(target);
    return reference.role === 'components' ? walk : { ...walk, objects: [] };
  }

  private walkManifests(path: string): Walk {
    return { ...NOTHING, files: new Set([path]), objects: this.repository.objectsIn(path).map(asWritten) };
  }
}

/** The resources of the kustomization.yaml that Flux generates for a directory without one: all YAML below, and directories that have their own. */
export function generatedResources(repository: Repository, directory: string): string[] {
  const found: string[] = repository.filesIn(directory).filter((path) => /\.ya?ml$/.test(path) && !isLeftOut(repository, path));
  for (const child of repository.directoriesIn(directory)) {
    if (isLeftOut(repository, child)) continue;
    found.push(...(repository.kustomizations.has(child) ? [child] : generatedResources(repository, child)));
  }
  return found.sort();
}

const NOTHING: Walk = { objects: [], files: new Set(), missing: [], remote: [] };

function join(walks: readonly Walk[]): Walk {
  if (walks.length === 1) return walks[0]!;
  const files = new Set<string>();
  for (const walk of walks) for (const file of walk.files) files.add(file);
  return {
    objects: walks.flatMap(({ objects }) => objects),
    files,
    missing: walks.flatMap(({ missing }) => missing),
    remote: walks.flatMap(({ remote }) => remote),
  };
}

function asWritten(source: SourceObject): AppliedObject {
  const { apiVersion, group, kind, namespace, name, data } = source;
  return { apiVersion, group, kind, namespace, name, data, source };
}

/** Kinds whose names kustomize leaves as they are. */
const UNPREFIXED = new Set(['Namespace', 'CustomResourceDefinition', 'APIService']);

function transformed(object: AppliedObject, settings: Data): AppliedObject {
  const namespace = textAt(settings, 'namespace');
  const [prefix = '', suffix = ''] = [textAt(settings, 'namePrefix'), textAt(settings, 'nameSuffix')];
  if (namespace === undefined && prefix === '' && suffix === '') return object;
  const name = UNPREFIXED.has(object.kind) ? (object.kind === 'Namespace' && namespace !== undefined ? namespace : object.name) : `${prefix}${object.name}${suffix}`;
  const moved = namespace === undefined || isClusterScoped(object.kind) ? object.namespace : namespace;
  return { ...object, name, namespace: moved, data: { ...object.data, metadata: { ...mappingAt(object.data, 'metadata'), name, ...(moved === undefined ? {} : { namespace: moved }) } } };
}

/** What generators make, under the names that their authors gave them: the hash behind it is kustomize's. */
function generated({ path, data }: KustomizationFile): AppliedObject[] {
  return (['configMapGenerator', 'secretGenerator'] as const).flatMap((field) => listAt(data, field).flatMap((generator) => {
    const name = textAt(generator, 'name');
    if (name === undefined || textAt(generator, 'behavior') === 'merge' || textAt(generator, 'behavior') === 'replace') return [];
    const namespace = textAt(generator, 'namespace') ?? textAt(data, 'namespace');
    const object = { apiVersion: 'v1', kind: field === 'configMapGenerator' ? 'ConfigMap' : 'Secret', metadata: { name, ...(namespace === undefined ? {} : { namespace }) } };
    return [transformed({ ...identityOf(object), data: object, source: undefined, generatedBy: path }, data)];
  }));
}
