import { at } from '../../../../src/model/fields';
import type { Cluster } from '../../../../src/model/flux-kustomization';
import { wavesOf } from '../../../../src/plan/waves';
import { objectsIn } from '../../flux/bootstrap';
import { clustersOfTree } from '../../flux/clusters-of-tree';
import type { FluxCluster, FluxClusterProps } from '../../flux/flux-cluster';
import { keyOf, type Moment } from '../../flux/ready-times';
import type { Report, Row } from '../../harness/report';
import type { Scope } from '../../harness/scope';

export interface OrderRows {
  /** That the model knows what there is. */
  readonly foretold: Row;
  readonly order: Row;
}

export function orderRows(report: Report, of: string, against: string): OrderRows {
  return {
    foretold: report.row('reconcile', `${of}: a Kustomization of the cluster is in one of plan's waves, and the other way round`, against),
    order: report.row('reconcile', `${of}: a Kustomization comes after what it waits for, as plan's waves foretell`, against),
  };
}

/** Compares the order in which Kustomizations have come up with the waves that `plan` makes of the tree; prints both. */
export async function checkOrder(scope: Scope, { times: { latest, times } }: FluxCluster, { files, sync }: Pick<FluxClusterProps, 'files' | 'sync'>, { foretold, order }: OrderRows): Promise<void> {
  const { waves, never } = wavesOf(await clusterOf(scope, files, sync));
  const steps = waves.flat();
  const seen = new Set(latest.map(keyOf));
  const expected = new Set(steps.map(({ kustomization }) => kustomization.key));
  for (const key of new Set([...seen, ...expected])) foretold.check(seen.has(key) && expected.has(key), () => `${key}: ${seen.has(key) ? `not in plan's waves; never ready are ${JSON.stringify(never.map(({ subject }) => subject.key))}` : 'not in the cluster'}`);

  for (const { kustomization: { key }, wave, readyIn } of steps) {
    process.stderr.write(`  wave ${readyIn === wave ? wave : `${wave}, Ready in ${readyIn}`}: ${key.padEnd(50)} applied ${shown(times.get(key)?.applied)}, Ready ${shown(times.get(key)?.ready)}\n`);
  }
  const parents = new Map(steps.map(({ kustomization: { key, parent } }) => [key, parent?.key]));
  for (const { kustomization: { key, data }, after } of steps) {
    const [applied, ready] = [times.get(key)?.applied, times.get(key)?.ready];
    order.check(isBefore(applied, ready), () => `${key} applied at ${shown(applied)}, Ready at ${shown(ready)}`);
    for (const { on } of after) {
      order.check(on.some((other) => isBefore(times.get(other)?.ready, applied)), () => `${key} applied at ${shown(applied)}; Ready were ${on.map((other) => `${other} at ${shown(times.get(other)?.ready)}`).join(', ')}`);
    }
    if (at(data, 'spec.wait') !== true) continue;
    for (const [other] of [...parents].filter(([, parent]) => parent === key)) {
      order.check(isBefore(times.get(other)?.ready, ready), () => `${key} Ready at ${shown(ready)}, ${other}, which it waits for, at ${shown(times.get(other)?.ready)}`);
    }
  }
}

/** The cluster that a sync brings up: its own Kustomization is one that nobody else applies. */
async function clusterOf(scope: Scope, files: ReadonlyMap<string, Buffer>, sync: string): Promise<Cluster> {
  const clusters = await clustersOfTree(scope, files);
  const path = String(objectsIn(files.get(sync)!.toString()).find(({ kind }) => kind === 'Kustomization')!.spec.path).replace(/^\.\//, '');
  const found = clusters.find(({ name }) => name === path);
  if (found === undefined) throw new Error(`the model finds no cluster ${path}, but ${clusters.map(({ name }) => name).join(', ')}`);
  return found;
}

function isBefore(one: Moment | undefined, other: Moment | undefined): boolean {
  return one !== undefined && other !== undefined && one.change <= other.change;
}

function shown(moment: Moment | undefined): string {
  return moment === undefined ? 'never' : `${(moment.milliseconds / 1000).toFixed(1)} s`;
}
