import { healthCheckMissing } from '../checks/graph/health-check-missing';
import { dependsOnCrossesKinds } from '../checks/graph/depends-on-crosses-kinds';
import { dependsOnMissing } from '../checks/graph/depends-on-missing';
import { kustomizeBuildFailed } from '../checks/graph/kustomize-build-failed';
import { pathMissing } from '../checks/graph/path-missing';
import { sourceMissing } from '../checks/graph/source-missing';
import { helmReleasesOf } from '../checks/graph/helm-releases';
import type { CheckContext } from '../checks/check-context';
import type { Report, Rule } from '../checks/rule';
import { isAtLeast } from '../flux/releases';
import type { Cluster, FluxKustomization } from '../model/flux-kustomization';
import { installedFlux } from '../model/flux-release';
import { LineFinder } from '../model/line-finder';
import type { Milestone, Subject } from './milestone';
import type { Obstacle } from './obstacle';

/** The checks whose errors keep something from coming up, and from what: Kustomizations that they are about. */
const RULES: readonly { readonly rule: Rule; readonly stops: Milestone['event'] }[] = [
  { rule: pathMissing, stops: 'applied' },
  { rule: sourceMissing, stops: 'applied' },
  { rule: kustomizeBuildFailed, stops: 'applied' },
  { rule: dependsOnMissing, stops: 'applied' },
  { rule: dependsOnCrossesKinds, stops: 'applied' },
  { rule: healthCheckMissing, stops: 'ready' },
];

/** What keeps Kustomizations and HelmReleases from coming up beside their order, by cluster. */
export function obstaclesOf(context: CheckContext): ReadonlyMap<Cluster, readonly Obstacle[]> {
  const subjects = subjectsOf(context.clusters);
  const lines = new LineFinder(context.repository.tree);
  const found = new Map<Cluster, Obstacle[]>(context.clusters.map((cluster) => [cluster, [...unset(cluster, context), ...unreadable(cluster, context)]]));
  for (const { rule, stops } of RULES) {
    for (const report of rule.find(context)) {
      if ((report.severity ?? rule.severity) !== 'error' || !('object' in report.at)) continue;
      for (const { cluster, kind, key } of subjects.get(report.at.object) ?? []) {
        // the same file may be applied to several clusters, and be at fault in one
        if (report.in !== undefined && !report.in.startsWith(`${cluster.name}: `)) continue;
        found.get(cluster)!.push({ kind, key, stops: kind === 'HelmRelease' ? 'ready' : stops, rule: rule.id, message: report.message, fix: report.fix ?? rule.fix, ...placeOf(report, lines) });
      }
    }
  }
  return found;
}

interface Placed extends Pick<Subject, 'kind' | 'key'> {
  readonly cluster: Cluster;
}

function subjectsOf(clusters: readonly Cluster[]): ReadonlyMap<object, readonly Placed[]> {
  const found = new Map<object, Placed[]>();
  const enter = (object: object, placed: Placed): void => void found.set(object, [...(found.get(object) ?? []), placed]);
  for (const cluster of clusters) {
    for (const { key, object } of cluster.kustomizations) enter(object, { cluster, kind: 'Kustomization', key });
    for (const { key, object } of helmReleasesOf(cluster)) enter(object, { cluster, kind: 'HelmRelease', key });
  }
  return found;
}

/** Variables without a value, which Flux refuses since 2.9. */
function unset(cluster: Cluster, { repository }: CheckContext): Obstacle[] {
  const flux = installedFlux(cluster, repository);
  if (flux === undefined || !isAtLeast(flux.release, '2.9')) return [];
  return cluster.kustomizations.flatMap(({ key, unset: variables = [] }): Obstacle[] => {
    const names = [...new Set(variables.map(({ name }) => `\${${name}}`))].sort();
    if (names.length === 0) return [];
    return [{ kind: 'Kustomization', key, stops: 'applied', rule: 'variable-unset', message: `uses ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}, which is not set: Flux ${flux.release} refuses that`, fix: 'give it a value in postBuild.substitute, or a default in place' }];
  });
}

/** Files that no YAML reader takes, where nothing has been built that would have said so. */
function unreadable(cluster: Cluster, { repository }: CheckContext): Obstacle[] {
  return cluster.kustomizations.flatMap((one): Obstacle[] => {
    const broken = one.failure === undefined ? firstBroken(one, (file) => repository.errorIn(file) !== undefined) : undefined;
    if (broken === undefined) return [];
    const { problem, fix } = repository.errorIn(broken)!;
    return [{ kind: 'Kustomization', key: one.key, stops: 'applied', rule: 'yaml-invalid', message: `is built from ${broken}, which cannot be read: ${problem}`, fix }];
  });
}

function firstBroken({ files }: FluxKustomization, isBroken: (file: string) => boolean): string | undefined {
  return [...files].filter(isBroken).sort()[0];
}

function placeOf({ at: place }: Report, lines: LineFinder): { readonly at?: string } {
  const object = 'object' in place ? ('file' in place.object ? place.object : place.object.source) : undefined;
  if (object === undefined) return {};
  const path = [...(object.item === undefined ? [] : ['items', object.item]), ...('path' in place ? place.path ?? [] : [])];
  return { at: `${object.file}:${path.length === 0 ? object.line : lines.lineOf(object.file, object.document, path)}` };
}
