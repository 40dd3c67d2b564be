import { relativePath } from '../../tree/path';
import type { Rule } from '../rule';
import { isStatic, ownerOf, patchFiles } from './patch-files';

export const staticPatchBorrowed: Rule = {
  id: 'static-patch-borrowed',
  severity: 'warning',
  why: 'A patch whose name begins with "_" is for its own overlay alone. One that another overlay names changes both, and nobody who edits it expects that.',
  example: `# overlays/staging/kustomization.yaml
patches:
  - path: ../production/web/_replicas.yaml`,
  fix: 'copy it into the overlay, or take the "_" off its name',
  link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/',

  *find({ repository }) {
    for (const [file, uses] of patchFiles(repository)) {
      const owner = isStatic(file) ? ownerOf(file, repository) : undefined;
      if (owner === undefined) continue;
      for (const { kustomization, path } of uses) {
        if (kustomization.directory === owner) continue;
        yield {
          at: { file: kustomization.path, path },
          message: `"${relativePath(kustomization.directory, file)}" is a patch of ${owner} alone, as its "_" says`,
        };
      }
    }
  },
};
