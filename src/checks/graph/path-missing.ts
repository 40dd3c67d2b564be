import { textAt } from '../../model/fields';
import type { FluxKustomization } from '../../model/flux-kustomization';
import type { Repository } from '../../model/repository';
import { isPlaceholder } from '../../model/set-aside';
import { nearestTo } from '../../nearest';
import { baseName } from '../../tree/path';
import type { Rule } from '../rule';
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
        const { path, data, parent, object } = kustomization;
        const written = textAt(data, 'spec.path') ?? '';
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

function fixFor({ path = '', data }: FluxKustomization, repository: Repository): string | undefined {
  const folders = repository.directories();
  const namesakes = folders.filter((folder) => baseName(folder) === baseName(path));
  const meant = folders.find((folder) => folder.toLowerCase() === path.toLowerCase()) ?? nearestTo(path, folders) ?? (namesakes.length === 1 ? namesakes[0] : undefined);
  if (meant === undefined) return undefined;
  const written = (textAt(data, 'spec.path') ?? '').replace(/^\.?\//, '').replace(/\/$/, '');
  const root = path.endsWith(written) ? path.slice(0, path.length - written.length) : undefined;
  return root !== undefined && meant.startsWith(root) ? `write "path: ./${meant.slice(root.length)}", if that is meant` : `name the folder ${meant} of this repository, if that is meant`;
}
