import { isLeftOutData } from '../left-out-data';
import type { Rule } from '../rule';
import { place } from './cluster-facts';

export const kustomizeBuildFailed: Rule = {
  id: 'kustomize-build-failed',
  severity: 'error',
  why: 'What kustomize cannot build, Flux cannot either: the Kustomization fails, and nothing of it is applied.',
  example: `patches:
  - path: patch.yaml # it patches the Deployment "web", and there is none`,
  fix: 'run "fluxwright render" on it, and mend what kustomize names',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/',
  needs: 'render',
  yieldsTo: [
    'file-missing', 'path-missing', 'yaml-invalid', 'component-misplaced', 'generator-without-match', 'kustomize-field-unknown', 'namespace-clash', 'patch-path-missing', 'patch-without-match', 'replicas-without-match',
    'resource-twice',
  ],

  *find({ clusters, repository }) {
    for (const cluster of clusters) {
      for (const kustomization of cluster.kustomizations) {
        const { failure, path, object } = kustomization;
        if (failure === undefined || (path !== undefined && !repository.isDirectory(path))) continue;
        const [, missing] = /^(\S+) does not exist$/.exec(failure) ?? [];
        if (missing !== undefined && isLeftOutData(missing, repository)) continue;
        yield { at: { object, path: ['spec', 'path'] }, message: `cannot be built: ${failure.replace(/\s+/g, ' ').trim()}`, in: place(cluster, kustomization), about: [...kustomization.files, ...(object.source === undefined ? [] : [object.source.file])] };
      }
    }
  },
};
