import { join } from 'node:path';
import { startApiServer } from '../cluster/api-server';
import { applyDefinitions, applyPermissiveDefinition } from '../cluster/custom-resources';
import type { KubeClient, KubeObject } from '../cluster/kube-client';
import { patchStatuses } from '../cluster/status-patcher';
import { temporaryFolder } from '../harness/folder';
import { until } from '../harness/processes';
import type { Scope } from '../harness/scope';
import { bootstrap, objectsIn, type AgeKey } from './bootstrap';
import { startHelmController, startKustomizeController } from './controllers';
import { keyOf, ReadyTimes, readyCondition } from './ready-times';
import { FluxRepository } from './repository';
import { SourceStandIn } from './source-stand-in';

/** In seconds: a machine that has much else to do takes long. */
export const PATIENCE = 300;

export interface FluxClusterProps {
  /** The folder with upstream's files. */
  readonly shared: string;
  /** What the repository holds at first. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Which of them is applied by hand to begin with: a GitRepository and a Kustomization. */
  readonly sync: string;
  /** The key that decrypts. */
  readonly key: AgeKey;
  /** Files of CRDs that are there before: those that the cloud, or a chart, would bring. */
  readonly definitions?: readonly string[];
  /** Kinds whose CRDs cannot be had; these take any fields. */
  readonly permissive?: readonly { readonly apiVersion: string; readonly kind: string; readonly isNamespaced: boolean }[];
}

/** A cluster that Flux reconciles from nothing, with the stand-ins for what is not real here. */
export class FluxCluster {
  static async start(scope: Scope, { shared, files, sync, key, definitions = [], permissive = [] }: FluxClusterProps): Promise<FluxCluster> {
    const text = files.get(sync)!.toString('utf8');
    const { url, ref } = objectsIn(text).find(({ kind }) => kind === 'GitRepository')!.spec;
    const repository = new FluxRepository(temporaryFolder(scope), ref.branch);
    repository.push(files, 'first');

    const server = await startApiServer(scope);
    const { client } = server;
    await applyDefinitions(client, definitions.map((name) => join(shared, 'crds', name)));
    for (const kind of permissive) await applyPermissiveDefinition(client, kind);
    await bootstrap(client, shared, text, key);
    patchStatuses(scope, client);
    await SourceStandIn.start(scope, client, new Map([[url, repository.path]]));
    await startKustomizeController(scope, server);
    await startHelmController(scope, server);
    return new FluxCluster(client, repository, new ReadyTimes(scope, client));
  }

  private constructor(readonly client: KubeClient, readonly repository: FluxRepository, readonly times: ReadyTimes) {}

  /** Waits until all Kustomizations are ready, and those that are named are among them. */
  async allReady(names: readonly string[]): Promise<void> {
    const isThere = (name: string): boolean => this.times.latest.some(({ metadata }) => metadata.name === name);
    await until(() => this.times.areAllReady && names.every(isThere), PATIENCE, () => this.troubles(names.filter((name) => !isThere(name))));
  }

  /** Waits until an object is there, or gone. */
  async seen(isThere: boolean, apiVersion: string, kind: string, name: string, namespace?: string): Promise<boolean> {
    const holds = async (): Promise<boolean> => ((await this.client.get(apiVersion, kind, name, namespace)) !== undefined) === isThere;
    return until(holds, PATIENCE, () => '').then(() => true, () => false);
  }

  private troubles(missing: readonly string[]): string {
    const conditions = this.times.notReady.map((object: KubeObject) => `${keyOf(object)}: ${readyCondition(object)?.message ?? 'nothing said'}`);
    return [...conditions, ...missing.map((name) => `${name}: is not there`)].join('\n');
  }
}
