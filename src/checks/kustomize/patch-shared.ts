import { listed } from '../graph/cluster-facts';
import type { Rule } from '../rule';
import { isStatic, patchFiles } from './patch-files';

export const patchShared: Rule = {
  id: 'patch-shared',
  severity: 'notice',
  why: 'A patch file that several kustomization files name changes all of them at once, so that no change can be tried in one overlay first.',
  example: `# overlays/staging/kustomization.yaml, and the same in overlays/production
patches:
  - path: ../common/replicas.yaml`,
  fix: 'make it a component that each takes in, or give each its own copy',
  link: 'https://kubectl.docs.kubernetes.io/guides/config_management/components/',

  *find({ repository }) {
    for (const [file, uses] of patchFiles(repository)) {
      const [first, ...others] = uses;
      if (others.length === 0 || isStatic(file)) continue;
      yield { at: { file: first!.kustomization.path, path: first!.path }, message: `the patch ${file} is shared with ${listed(others.map(({ kustomization }) => kustomization.path))}` };
    }
  },
};
