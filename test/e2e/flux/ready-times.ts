import { setTimeout } from 'node:timers/promises';
import type { KubeClient, KubeObject } from '../cluster/kube-client';
import type { Scope } from '../harness/scope';

export interface Moment {
  /** The how manieth change of any Kustomization it was. */
  readonly change: number;
  /** Since the start. */
  readonly milliseconds: number;
}

export interface Times {
  /** When it first had applied anything. */
  applied?: Moment;
  /** When it first was ready. */
  ready?: Moment;
}

/** Watches when Kustomizations apply and become ready: every change, in the order in which the API server took it. */
export class ReadyTimes {
  readonly times = new Map<string, Times>();
  private readonly objects = new Map<string, KubeObject>();
  private readonly start = Date.now();
  private changes = 0;

  constructor(scope: Scope, client: KubeClient) {
    const stop = new AbortController();
    const loop = (async () => {
      while (!stop.signal.aborted) {
        this.objects.clear(); // what is there is told again
        await client.watch('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', stop.signal, (type, object) => this.note(type, object)).catch(() => {});
        await setTimeout(200);
      }
    })();
    scope.defer(async () => {
      stop.abort();
      await loop;
    });
  }

  get latest(): readonly KubeObject[] {
    return [...this.objects.values()];
  }

  get notReady(): KubeObject[] {
    return this.latest.filter((object) => !isReady(object));
  }

  get areAllReady(): boolean {
    return this.objects.size > 0 && this.notReady.length === 0;
  }

  private note(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubeObject): void {
    const key = keyOf(object);
    if (type === 'DELETED') return void this.objects.delete(key);
    this.objects.set(key, object);
    const times = this.times.get(key) ?? {};
    const now: Moment = { change: ++this.changes, milliseconds: Date.now() - this.start };
    if (object.status?.inventory !== undefined) times.applied ??= now;
    if (isReady(object)) times.ready ??= now;
    this.times.set(key, times);
  }
}

/** `namespace/name` */
export function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}

export function isReady({ metadata, status }: KubeObject): boolean {
  const condition = readyCondition({ status });
  return condition?.status === 'True' && status.observedGeneration === metadata.generation;
}

export function readyCondition({ status }: Pick<KubeObject, 'status'>): { status: string; reason: string; message: string } | undefined {
  return status?.conditions?.find(({ type }: { type: string }) => type === 'Ready');
}
