import { NO_SETTINGS } from '../../src/checks/check-settings';
import type { CheckContext } from '../../src/checks/check-context';
import { discoverClusters, walkingBuilder } from '../../src/model/clusters';
import type { Cluster } from '../../src/model/flux-kustomization';
import { Repository } from '../../src/model/repository';
import { Walker } from '../../src/model/walk';
import { planTree } from '../../src/plan/make-plan';
import { formatText } from '../../src/plan/output/text';
import { bootstrapped, kustomization, treeOf, type Files } from '../checks/check-tree';

/** What a plan asks of a tree, without kustomize. */
export async function contextOf(files: Files, outsiders: readonly string[] = []): Promise<CheckContext> {
  const repository = new Repository(treeOf(files));
  const walker = new Walker(repository);
  return { repository, walker, clusters: await discoverClusters(repository, walker, walkingBuilder(walker)), rendered: false, base: undefined, settings: { ...NO_SETTINGS, outsiders } };
}

/** The only cluster of a tree. */
export async function clusterOf(files: Files): Promise<Cluster> {
  const { clusters } = await contextOf(files);
  expect(clusters).toHaveLength(1);
  return clusters[0]!;
}

/** The plan of a tree as text. */
export async function textOf(files: Files, fromScratch = false, outsiders: readonly string[] = []): Promise<string> {
  const context = await contextOf(files, outsiders);
  return formatText(planTree(context, context.clusters, fromScratch), false);
}

/** A bootstrapped cluster with Kustomizations by name, each with more of its spec, and an object of its own. */
export function fleet(specs: Readonly<Record<string, string>>): Files {
  return Object.fromEntries([
    ...Object.entries(bootstrapped('clusters/prod')),
    ...Object.entries(specs).flatMap(([name, spec]) => [
      [`clusters/prod/${name}.yaml`, kustomization(name, `./${name}`, spec)],
      [`${name}/settings.yaml`, `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: default\n`],
    ]),
  ]) as Files;
}

/** The `dependsOn` of a spec. */
export function dependsOn(...names: readonly string[]): string {
  return names.length === 0 ? '' : `dependsOn:\n${names.map((name) => `  - name: ${name}\n`).join('')}`;
}
