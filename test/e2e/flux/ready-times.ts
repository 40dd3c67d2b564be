import { setTimeout } from 'node:timers/promises';
import type { KubeClient, KubeObject } from '../cluster/kube-client';
import type { Scope } from '../harness/scope';
import { keyOf } from './waves';

export interface Times {
  /** When it was first seen to have applied anything, in milliseconds since the start. */
  applied?: number;
  /** When it was first seen to be ready. */
  ready?: number;
}

/** Watches when Kustomizations apply and become ready. */
export class ReadyTimes {
  readonly times = new Map<string, Times>();
  latest: readonly KubeObject[] = [];
  private readonly start = Date.now();

  constructor(scope: Scope, client: KubeClient) {
    let isStopped = false;
    const loop = (async () => {
      while (!isStopped) {
        await client.list('kustomize.toolkit.fluxcd.io/v1', 'Kustomization').then((objects) => this.note(objects), () => {});
        await setTimeout(200);
      }
    })();
    scope.defer(async () => {
      isStopped = true;
      await loop;
    });
  }

  get notReady(): KubeObject[] {
    return this.latest.filter((object) => !isReady(object));
  }

  get areAllReady(): boolean {
    return this.latest.length > 0 && this.notReady.length === 0;
  }

  private note(objects: readonly KubeObject[]): void {
    this.latest = objects;
    for (const object of objects) {
      const times = this.times.get(keyOf(object)) ?? {};
      if (object.status?.inventory !== undefined) times.applied ??= Date.now() - this.start;
      if (isReady(object)) times.ready ??= Date.now() - this.start;
      this.times.set(keyOf(object), times);
    }
  }
}

export function isReady({ metadata, status }: KubeObject): boolean {
  const condition = readyCondition({ status });
  return condition?.status === 'True' && status.observedGeneration === metadata.generation;
}

export function readyCondition({ status }: Pick<KubeObject, 'status'>): { status: string; reason: string; message: string } | undefined {
  return status?.conditions?.find(({ type }: { type: string }) => type === 'Ready');
}
