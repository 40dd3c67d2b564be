import { baseName, directoryOf } from '../tree/path';
import type { Applier } from './changes';

/** Short names for what applies objects: a cluster's, or where there is one cluster, a Flux Kustomization's. */
export class StageNames {
  private readonly appliers = new Map<string, Applier>();
  private readonly short: ReadonlyMap<string, string>;

  /** @param clusters the names of the clusters of both sides */
  constructor(clusters: Iterable<string>) {
    this.short = shortNames([...new Set(clusters)]);
  }

  /** The same for the same question, so that appliers may be compared. */
  applier(cluster: string, kustomization: string | undefined): Applier {
    const key = `${cluster}\0${kustomization ?? ''}`;
    let applier = this.appliers.get(key);
    if (applier === undefined) {
      const stage = this.short.size > 1 || kustomization === undefined ? this.short.get(cluster)! : baseName(kustomization);
      this.appliers.set(key, (applier = { cluster, kustomization, stage }));
    }
    return applier;
  }
}

/** The shortest end of each path that no other ends in; `flux-system` is where bootstrap puts its files and says nothing. */
function shortNames(clusters: readonly string[]): ReadonlyMap<string, string> {
  const told = new Map(clusters.map((cluster) => [cluster, withoutBootstrap(cluster)]));
  const counts = new Map<string, number>();
  for (const path of told.values()) for (const end of endsOf(path)) counts.set(end, (counts.get(end) ?? 0) + 1);
  return new Map(clusters.map((cluster) => {
    const path = told.get(cluster)!;
    return [cluster, path === '' ? 'the repository' : endsOf(path).find((end) => counts.get(end) === 1) ?? path];
  }));
}

/** `production`, `clusters/production`. */
function endsOf(path: string): string[] {
  const steps = path.split('/');
  return steps.map((_, index) => steps.slice(-index - 1).join('/'));
}

function withoutBootstrap(cluster: string): string {
  return baseName(cluster) === 'flux-system' && directoryOf(cluster) !== '' ? directoryOf(cluster) : cluster;
}

/** How far a stage is on the way to production, by the words that people name stages with; undefined for what is no stage. */
export function stageRank(name: string): number | undefined {
  const words = name.toLowerCase().split(/[^a-z]+|(?<=[a-z])(?=\d)/);
  const ranks = words.flatMap((word) => RANKS[word] ?? []);
  return ranks.length === 0 ? undefined : Math.max(...ranks);
}

export const PRODUCTION = 5;

const RANKS: Readonly<Record<string, number>> = {
  sandbox: 0, playground: 0, local: 0, ephemeral: 0, preview: 0, pr: 0,
  dev: 1, devel: 1, develop: 1, development: 1,
  int: 2, integration: 2, test: 2, testing: 2, tst: 2, qa: 2,
  stage: 3, staging: 3, stg: 3, uat: 3, acc: 3, acceptance: 3, demo: 3,
  preprod: 4, canary: 4,
  prod: PRODUCTION, production: PRODUCTION, prd: PRODUCTION, live: PRODUCTION,
};
