import { artifactNamed, artifactOrigin, isWithin, type Artifact } from '../../model/artifact-generators';
import { textAt } from '../../model/fields';
import type { FluxKustomization } from '../../model/flux-kustomization';
import { resolveTarget } from '../../model/kustomization-file';
import { sourceReference } from '../../model/sources';
import { directoryOf } from '../../tree/path';
import { listed, place } from './cluster-facts';
import type { Rule } from '../rule';

export const artifactIncomplete: Rule = {
  id: 'artifact-incomplete',
  severity: 'error',
  why: 'A Kustomization that is built from an ExternalArtifact sees what its ArtifactGenerator copies, and nothing else of the repository: a base or a patch that is not copied fails the build.',
  example: `kind: ArtifactGenerator
spec:
  artifacts:
    - name: apps # the Kustomization of apps/production, which takes in ../base
      copy:
        - from: "@fleet/apps/production/**"
          to: "@artifact/production/"`,
  fix: 'copy what the build reads into the artifact, to the place where it is looked for',
  link: 'https://fluxcd.io/flux/components/source/artifactgenerators/',

  *find({ repository, clusters }) {
    for (const cluster of clusters) {
      for (const kustomization of cluster.kustomizations) {
        const reference = sourceReference(kustomization.data, kustomization.namespace);
        const artifact = reference.kind === 'ExternalArtifact' ? artifactNamed(repository.objects, reference, kustomization.object.source?.file ?? '') : undefined;
        const folders = artifact === undefined ? [] : leftOut(artifact, kustomization);
        if (artifact === undefined || folders.length === 0) continue;
        yield {
          at: { object: artifact.generator, path: ['spec', 'artifacts', artifact.index] },
          message: `does not copy ${listed(folders)}, which the Kustomization ${kustomization.key} is built from`,
          in: place(cluster, kustomization),
        };
      }
    }
  },
};

/** The folders that a build reads and nothing copies. */
function leftOut(artifact: Artifact, { data, path, files }: FluxKustomization): string[] {
  const origin = artifactOrigin(artifact, resolveTarget('', textAt(data, 'spec.path') ?? '') ?? '');
  if (origin === undefined || path === undefined || !`/${path}`.endsWith(`/${origin.path}`)) return [];
  const root = path.slice(0, path.length - origin.path.length);
  const missing = [...files].filter((file) => file.startsWith(root) && !artifact.copies.some(({ from }) => isWithin(file.slice(root.length), from)));
  return [...new Set(missing.map((file) => directoryOf(file.slice(root.length))))].sort();
}
