import { UserError } from '../errors';
import { Cluster } from './cluster';
import { isClusterScoped } from '../tree/cluster-scoped';
import type { Directory } from './directory';
import type { PlacedDirectory, PlacedObject } from './layout';
import { NamespaceDirectory } from './namespace-directory';
import { metadataOf, whereabouts } from './object-metadata';
import { pathFrom } from './reach';

/**
 * One object in two files: whichever is applied last wins, or the build fails. Within a directory that is always so; between
 * directories, where both are applied as they are to one cluster. What others build on stands for as many objects as it is built into.
 */
export function objectsTakenTwice(directories: readonly PlacedDirectory[]): UserError[] {
  const applications = applicationsByPath(directories);
  const takenIn = pathsTakenIn(directories);
  const claims = new Claims();
  for (const placed of directories) {
    const { directory, kustomization } = placed;
    const at = applicationOf(placed, takenIn, applications.get(directory.path) ?? []);
    const inDirectory = `in ${directory.path}`;
    const names: Names = {
      where: at?.cluster ?? inDirectory,
      inDirectory,
      prefix: (at?.namePrefix ?? '') + (kustomization.namePrefix ?? ''),
      suffix: (kustomization.nameSuffix ?? '') + (at?.nameSuffix ?? ''),
      namespace: at?.targetNamespace ?? kustomization.namespace,
    };
    // nothing that the directory's kustomization.yaml says is true of a file that it does not list
    const syncNames: Names = { where: clusterPath(directory), inDirectory, prefix: '', suffix: '', namespace: undefined };
    const syncFile = NamespaceDirectory.isNamespaceDirectory(directory) ? NamespaceDirectory.syncFile : undefined;
    for (const object of placed.objects) if (object.synced) claims.add(object, object.file === syncFile ? syncNames : names);
  }
  return claims.errors;
}

/** What a directory makes of the names of its objects, and within what they have to differ. */
interface Names {
  readonly where: string;
  readonly inDirectory: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly namespace: string | undefined;
}

/** The objects so far, by namespace and then by name: many small maps are much faster than one of all objects. */
class Claims {
  readonly errors: UserError[] = [];
  private readonly spaces = new Map<string, Map<string, PlacedObject>>();
  private last = { where: 'nowhere', namespace: 'none', space: new Map<string, PlacedObject>() };

  add(placed: PlacedObject, { where, inDirectory, prefix, suffix, namespace: set }: Names): void {
    const { apiVersion, kind, metadata } = placed.object as { apiVersion: string; kind: string; metadata?: { name?: string; namespace?: string } };
    if (metadata?.name === undefined) return;
    // kustomize's namespace is also what it calls a Namespace
    const name = kind === 'Namespace' ? set ?? metadata.name : prefix + metadata.name + suffix;
    const namespace = isClusterScoped(kind) ? '' : set ?? metadata.namespace ?? '';
    // the values of variables are those of whoever applies it
    const space = this.spaceOf(name.includes('${') || namespace.includes('${') ? inDirectory : where, namespace);
    const identity = `${apiVersion.slice(0, apiVersion.indexOf('/') + 1)}${kind} ${name}`;
    const other = space.get(identity);
    if (other === undefined) space.set(identity, placed);
    else this.errors.push(objectTaken(other, placed));
  }

  private spaceOf(where: string, namespace: string): Map<string, PlacedObject> {
    if (this.last.where === where && this.last.namespace === namespace) return this.last.space;
    const key = `${where} ${namespace}`;
    const space = this.spaces.get(key) ?? new Map<string, PlacedObject>();
    this.spaces.set(key, space);
    this.last = { where, namespace, space };
    return space;
  }
}

function objectTaken(a: PlacedObject, b: PlacedObject): UserError {
  const { kind, name, namespace = b.directory.targetNamespace } = metadataOf(b);
  const object = `${kind} ${JSON.stringify(namespace === undefined || isClusterScoped(kind) ? name : `${namespace}/${name}`)}`;
  return new UserError('object-taken', `${object} stands in ${whereabouts(a)} and in ${whereabouts(b)}`, 'take one of them out, or give it another name');
}

/** How a directory is applied to a cluster. */
interface Application {
  readonly cluster: string;
  readonly targetNamespace?: string;
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
}

/** How a directory is applied, if it is in one known way, and not only as a part of others. */
function applicationOf({ directory, kustomization }: PlacedDirectory, takenIn: ReadonlySet<string>, applications: readonly Application[]): Application | undefined {
  if (takenIn.has(directory.path) || directory.kustomizationKind === 'Component') return undefined;
  if (applications.length > 0) return applications.length === 1 ? applications[0] : undefined;
  const buildsOnOthers = [...(kustomization.resources ?? []), ...(kustomization.components ?? [])].some((reference) => !isFile(reference));
  return buildsOnOthers ? undefined : { cluster: clusterPath(directory) };
}

function clusterPath(directory: Directory): string {
  return Cluster.around(directory)?.node.path ?? '';
}

function applicationsByPath(directories: readonly PlacedDirectory[]): Map<string, Application[]> {
  const found = new Map<string, Application[]>();
  const kustomizations = directories.flatMap(({ objects }) => objects.filter(({ object }) => object['kind'] === 'Kustomization'));
  for (const placed of kustomizations) {
    if (!metadataOf(placed).apiVersion.startsWith('kustomize.toolkit.fluxcd.io/')) continue;
    const { path, targetNamespace, namePrefix, nameSuffix } = (placed.object['spec'] ?? {}) as Omit<Application, 'cluster'> & { path?: string };
    const target = pathFrom('', path ?? '');
    if (target === undefined) continue;
    const application = { cluster: clusterPath(placed.directory), targetNamespace, namePrefix, nameSuffix };
    found.set(target, [...(found.get(target) ?? []), application]);
  }
  return found;
}

function pathsTakenIn(directories: readonly PlacedDirectory[]): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { directory, kustomization } of directories) {
    for (const reference of [...(kustomization.resources ?? []), ...(kustomization.components ?? [])]) {
      const path = isFile(reference) ? undefined : pathFrom(directory.path, reference);
      if (path !== undefined) paths.add(path);
    }
  }
  return paths;
}

/** Quick, since most of what is listed is files. */
function isFile(reference: string): boolean {
  return reference.endsWith('.yaml') || reference.endsWith('.yml') || reference.endsWith('.json') || reference.includes('://');
}
