import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectsIn } from '../../flux/bootstrap';
import { clustersOfTree } from '../../flux/clusters-of-tree';
import { committedTree } from '../../flux/committed-tree';
import { flagshipTree } from '../../flux/flagship-tree';
import { withPlaceholders } from '../../flux/placeholder-secrets';
import type { KubeObject } from '../../cluster/kube-client';
import { kustomizeBuild } from '../../cluster/manifests';
import { temporaryFolder } from '../../harness/folder';
import type { Scope } from '../../harness/scope';

/** What a platform brings into its clusters. */
export interface Rendered {
  readonly platform: string;
  readonly objects: readonly KubeObject[];
  /** What could not be built, and why. */
  readonly failures: readonly string[];
}

/** What the platforms' documents have people apply with kubectl: files, and directories that kustomize builds. */
const BY_HAND: Readonly<Record<string, readonly string[]>> = {
  hopic: [
    'k8s/istio-ingress/mesh-wide-mTLS.yaml',
    'k8s/server/overlays/prod/postgres/backup/on-demand.yaml',
    ...['recover-in-place', 'restore-from-k8s-backup-object', 'restore-from-live-cluster', 'restore-from-object-storage'].map((name) => `k8s/server/overlays/prod/postgres/restore/${name}.yaml`),
  ],
  jore4: ['clusters/e2e'],
};

/** Every object that a Flux Kustomization of a platform applies, or that its documents have people apply. */
export async function renderedPlatforms(scope: Scope, shared: string): Promise<Rendered[]> {
  const trees = new Map([
    ['hopic', flagshipTree(shared, withPlaceholders, { branches: ['dev-test'] })],
    ...['eks', 'flux2-gitops', 'gitops-demo', 'jore4'].map((name) => [name, committedTree(name, shared, withPlaceholders)] as const),
  ]);
  const found: Rendered[] = [];
  for (const [platform, files] of trees) found.push(await rendered(scope, platform, files));
  return found;
}

async function rendered(scope: Scope, platform: string, files: ReadonlyMap<string, Buffer>): Promise<Rendered> {
  const kustomizations = (await clustersOfTree(scope, files)).flatMap((cluster) => cluster.kustomizations);
  const folder = temporaryFolder(scope, Object.fromEntries(files));
  const byHand = (BY_HAND[platform] ?? []).map((path) => appliedByHand(join(folder, path)));
  return {
    platform,
    objects: [...kustomizations.flatMap(({ objects }) => objects.map(({ data }) => data as unknown as KubeObject)), ...byHand.flat()],
    failures: kustomizations.flatMap(({ key, failure, leftOut = [] }) => [...(failure === undefined ? [] : [`${key}: ${failure}`]), ...leftOut]),
  };
}

function appliedByHand(path: string): KubeObject[] {
  if (path.endsWith('.yaml')) return objectsIn(readFileSync(path, 'utf8'));
  const built = kustomizeBuild(path);
  if ('problem' in built) throw new Error(built.problem);
  return objectsIn(built.text);
}
