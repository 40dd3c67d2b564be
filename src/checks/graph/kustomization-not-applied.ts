import { liesIn } from '../../model/commented-references';
import { isPlaceholder, isSetAside } from '../../model/set-aside';
import type { Repository } from '../../model/repository';
import type { SourceObject } from '../../model/source-object';
import { SourceRoots } from '../../model/source-roots';
import { isFluxKustomization } from '../../model/sources';
import { directoryOf } from '../../tree/path';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';
import { listIn } from './list-in';
import type { Rule } from '../rule';
import { leftOut, reachedFiles } from '../reached-files';

export const kustomizationNotApplied: Rule = {
  id: 'kustomization-not-applied',
  severity: 'warning',
  why: 'A Flux Kustomization in a file that no other applies does nothing: what it points at is not in the cluster, though it looks so in Git.',
  example: `# apps/kustomization.yaml
resources:
  - web/sync.yaml
  # mail/sync.yaml lies beside it and is not listed`,
  fix: 'list the file in a kustomization.yaml that Flux applies, or delete it',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/',

  *find(context) {
    const { repository, clusters } = context;
    if (clusters.length === 0) return;
    const reached = reachedFiles(context);
    const unapplied = repository.objects.filter((object) => isFluxKustomization(object) && !reached.has(object.file));
    const behind = new Set(unapplied.flatMap((object) => filesOf(context, object)));
    for (const object of unapplied) {
      const { file, name } = object;
      // what another of them would apply comes back with that one
      if (behind.has(file) || isSetAside(file) || isPlaceholder(name) || liesIn(file, leftOut(repository))) continue;
      yield { at: { object }, message: 'no Kustomization and no flux bootstrap applies this file', fix: fixFor(context, file) };
    }
  },
};

/** What a Kustomization would be built from, but for its own file. */
function filesOf({ repository, walker }: CheckContext, { data, namespace = 'flux-system', file }: SourceObject): string[] {
  const path = rootsOf(repository).pathOf({ data, namespace, file });
  return path === undefined || !repository.isDirectory(path) ? [] : [...walker.walk(path).files].filter((one) => one !== file);
}

const rootsOf = memoized((repository: Repository) => new SourceRoots(repository));

/** The nearest kustomization.yaml above that Flux builds. */
function fixFor(context: CheckContext, file: string): string | undefined {
  const { repository } = context;
  for (let directory = directoryOf(file); ; directory = directoryOf(directory)) {
    const above = repository.kustomizations.get(directory);
    if (above !== undefined && reachedFiles(context).has(above.path)) return listIn(above.path, file, repository);
    if (directory === '') return undefined;
  }
}
