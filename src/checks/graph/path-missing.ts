import { artifactNamed, foldersIn, holdsPath } from '../../model/artifact-generators';
import { at, listAt, textAt } from '../../model/fields';
import type { FluxKustomization } from '../../model/flux-kustomization';
import { isRemote, resolveTarget } from '../../model/kustomization-file';
import type { Repository } from '../../model/repository';
import { isPlaceholder } from '../../model/set-aside';
import { sourceReference } from '../../model/sources';
import { nearestTo } from '../../nearest';
import { baseName, directoryOf, relativePath } from '../../tree/path';
import type { CheckContext } from '../check-context';
import type { Report, Rule } from '../rule';
import { isSettled, place } from './cluster-facts';

export const pathMissing: Rule = {
  id: 'path-missing',
  severity: 'error',
  why: 'A Kustomization whose path does not exist in its source fails, and nothing of it is applied or updated.',
  example: `spec:
  path: ./apps/prodution # the folder is apps/production`,
  fix: 'write the path of a folder, from the root of the source',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#path',

  *find(context) {
    const { repository, clusters } = context;
    for (const cluster of clusters) {
      for (const kustomization of cluster.kustomizations) {
        const { path, data, namespace, parent, object } = kustomization;
        if (path === undefined) yield* missingInArtifact(context, kustomization, place(cluster, kustomization));
        if (path !== undefined && repository.isDirectory(path)) yield* missingComponents(kustomization, path, repository, place(cluster, kustomization));
        const written = textAt(data, 'spec.path') ?? '';
        if (sourceReference(data, namespace).name === '' && object.kind === 'Kustomization') continue; // which is said by its schema
        if (path === undefined || repository.isDirectory(path) || isPlaceholder(written) || !isSettled(context, parent, object, 'path')) continue;
        const isFile = repository.tree.has(path);
        yield {
          at: { object, path: ['spec', 'path'] },
          message: isFile ? `path "${written}" is a file: Flux builds folders` : `path "${written}" does not exist`,
          fix: isFile ? `write the folder that it lies in, and list it in the kustomization.yaml there` : fixFor(kustomization, repository),
          in: place(cluster, kustomization),
        };
      }
    }
  },
};

/** A path where an ArtifactGenerator of the tree copies nothing: the artifact has not what its source has there. */
function* missingInArtifact(context: CheckContext, { data, namespace, object, parent }: FluxKustomization, of: string): Generator<Report> {
  const { repository } = context;
  const reference = sourceReference(data, namespace);
  const written = textAt(data, 'spec.path') ?? '';
  const path = resolveTarget('', written) ?? '';
  const artifact = reference.kind === 'ExternalArtifact' ? artifactNamed(repository.objects, reference, object.source?.file ?? '') : undefined;
  if (artifact === undefined || artifact.copies.length === 0 || isPlaceholder(written) || holdsPath(artifact, path) || !isSettled(context, parent, object, 'path')) return;
  const folders = foldersIn(artifact, repository);
  const meant = nearestTo(path, folders) ?? only(folders.filter((folder) => baseName(folder) === baseName(path)));
  yield {
    at: { object, path: ['spec', 'path'] },
    message: `path "${written}" does not exist in the artifact ${reference.namespace}/${reference.name}, which ArtifactGenerator ${artifact.generator.name} copies together`,
    fix: meant === undefined ? `write a path that spec.artifacts[${artifact.index}].copy of the generator leads to, or copy the folder there` : `write "path: ./${meant}", if that is meant`,
    in: of,
  };
}

/** Components that Flux adds, relative to the path. */
function* missingComponents({ data, object }: FluxKustomization, path: string, repository: Repository, of: string): Generator<Report> {
  if (at(data, 'spec.ignoreMissingComponents') === true) return;
  for (const [index, component] of listAt(data, 'spec.components').entries()) {
    if (typeof component !== 'string' || isPlaceholder(component) || isRemote(component)) continue;
    const target = resolveTarget(path, component);
    if (target !== undefined && repository.kustomizations.has(target)) continue;
    const nearest = target === undefined ? undefined : nearestTo(target, repository.kustomizations.keys());
    yield {
      at: { object, path: ['spec', 'components', index] },
      message: target !== undefined && repository.isDirectory(target) ? `component "${component}" has no kustomization.yaml` : `component "${component}" does not exist, as seen from ${path === '' ? 'the root' : path}`,
      fix: nearest === undefined ? 'write the path of a component, as seen from the Kustomization\'s path' : `write "- ${relativePath(path, nearest)}", if that is meant`,
      in: of,
    };
  }
}

function fixFor({ path = '', data }: FluxKustomization, repository: Repository): string | undefined {
  const folders = repository.directories();
  const beside = repository.directoriesIn(directoryOf(path));
  const namesakes = folders.filter((folder) => baseName(folder) === baseName(path));
  const meant = folders.find((folder) => folder.toLowerCase() === path.toLowerCase()) ?? nearestTo(path, beside) ?? only(beside) ?? nearestTo(path, folders) ?? only(folders.filter((folder) => folder.startsWith(path) && !folder.slice(path.length).includes('/'))) ?? only(namesakes);
  if (meant === undefined) return undefined;
  const written = (textAt(data, 'spec.path') ?? '').replace(/^\.?\//, '').replace(/\/$/, '');
  const root = path.endsWith(written) ? path.slice(0, path.length - written.length) : undefined;
  return root !== undefined && meant.startsWith(root) ? `write "path: ./${meant.slice(root.length)}", if that is meant` : `name the folder ${meant} of this repository, if that is meant`;
}

function only<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}
