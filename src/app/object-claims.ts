import { UserError } from '../errors';
import { Cluster } from './cluster';
import { isClusterScoped } from './cluster-scoped';
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
  const first = new Map<string, PlacedObject>();
  const errors: UserError[] = [];
  for (const placed of directories) {
    const { directory, kustomization } = placed;
    const at = applicationOf(placed, takenIn, applications.get(directory.path) ?? []);
    const inDirectory = `in ${directory.path} `;
    const names: Names = {
      where: at === undefined ? inDirectory : `${at.cluster} `,
      prefix: (at?.namePrefix ?? '') + (kustomization.namePrefix ?? ''),
      suffix: (kustomization.nameSuffix ?? '') + (at?.nameSuffix ?? ''),
      namespace: at?.targetNamespace ?? kustomization.namespace,
    };
    // nothing that the directory's kustomization.yaml says is true of a file that it does not list
    const syncNames: Names = { where: `${clusterPath(directory)} `, prefix: '', suffix: '', namespace: undefined };
    const syncFile = NamespaceDirectory.isNamespaceDirectory(directory) ? NamespaceDirectory.syncFile : undefined;
    for (const object of placed.objects) {
      if (!object.synced) continue;
      const those = object.file === syncFile ? syncNames : names;
      const identity = identify(object, those);
      if (identity === undefined) continue;
      // the values of variables are those of whoever applies it
      const key = (identity.includes('${') ? inDirectory : those.where) + identity;
      const other = first.get(key);
      if (other === undefined) first.set(key, object);
      else errors.push(objectTaken(other, object));
    }
  }
  return errors;
}

/** What a directory makes of the names of its objects, and within what they have to differ. */
interface Names {
  readonly where: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly namespace: string | undefined;
}

function identify({ object }: PlacedObject, { prefix, suffix, namespace: set }: Names): string | undefined {
  const { apiVersion, kind, metadata } = object as { apiVersion: string; kind: string; metadata?: { name?: string; namespace?: string } };
  if (metadata?.name === undefined) return undefined;
  const group = apiVersion.slice(0, apiVersion.indexOf('/') + 1);
  const namespace = isClusterScoped(kind) ? '' : set ?? metadata.namespace ?? '';
  return `${group}${kind} ${namespace}/${prefix}${metadata.name}${suffix}`;
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
