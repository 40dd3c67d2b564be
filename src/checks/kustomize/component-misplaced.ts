import { at, textsAt } from '../../model/fields';
import { isRemote, referencesOf, resolveTarget } from '../../model/kustomization-file';
import { isPlaceholder, isSetAside } from '../../model/set-aside';
import { place } from '../graph/cluster-facts';
import type { CheckContext } from '../check-context';
import type { Report, Rule } from '../rule';
import { severityAt } from './build-notes';

export const componentMisplaced: Rule = {
  id: 'component-misplaced',
  severity: 'error',
  why: 'kustomize refuses a Component among the resources, and anything else among the components; Flux adds components from folders of the same source alone.',
  example: `resources:
  - ../components/debug # it is of kind Component`,
  fix: 'list it where it belongs',
  link: 'https://kubectl.docs.kubernetes.io/guides/config_management/components/',
  yieldsTo: ['path-missing'],

  *find(context) {
    const { repository } = context;
    for (const kustomization of repository.kustomizations.values()) {
      if (isSetAside(kustomization.path)) continue;
      for (const { role, target, path } of referencesOf(kustomization)) {
        const directory = isRemote(target) ? undefined : resolveTarget(kustomization.directory, target);
        const named = directory === undefined ? undefined : repository.kustomizations.get(directory);
        if (named === undefined || named.isComponent === (role === 'components') || (role !== 'components' && role !== 'resources')) continue;
        const where = { file: kustomization.path, path };
        yield {
          at: where,
          message: named.isComponent ? `"${target}" is a Component: kustomize refuses it as a resource` : `"${target}" is no Component: kustomize refuses it as one`,
          fix: named.isComponent ? 'list it under components' : `list it under resources, or write "kind: Component" into ${named.path}`,
          severity: severityAt(context, where, 'error'),
        };
      }
    }
    yield* inFlux(context);
  },
};

function* inFlux({ clusters, repository }: CheckContext): Generator<Report> {
  for (const cluster of clusters) {
    for (const kustomization of cluster.kustomizations) {
      const { data, object, path } = kustomization;
      if (path === undefined || !repository.isDirectory(path)) continue;
      for (const [index, component] of textsAt(data, 'spec.components').entries()) {
        if (isPlaceholder(component)) continue;
        const target = resolveTarget(path, component);
        const named = target === undefined ? undefined : repository.kustomizations.get(target);
        const [problem, fix] = isRemote(component) || component.startsWith('/') ? ['is not a path below the source, and Flux refuses it', 'copy it into the repository']
          : named === undefined ? at(data, 'spec.ignoreMissingComponents') === true ? [] : [`is no folder with a kustomization.yaml, seen from ${path === '' ? 'the root' : path}`, 'write the path as seen from spec.path']
            : named.isComponent ? [] : ['is no Component: kustomize refuses it as one', `write "kind: Component" into ${named.path}`];
        if (problem !== undefined) yield { at: { object, path: ['spec', 'components', index] }, message: `"${component}" ${problem}`, fix, in: place(cluster, kustomization) };
      }
    }
  }
}
