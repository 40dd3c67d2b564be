import { ApiRefusal, type KubeClient, type KubeObject } from '../../cluster/kube-client';

/** What the API server says against an object; nothing, where it would take it. */
export async function refusalOf(client: KubeClient, object: KubeObject): Promise<string | undefined> {
  try {
    await client.apply(object, { dryRun: true });
    return undefined;
  } catch (error) {
    if (error instanceof ApiRefusal) return error.message;
    throw error;
  }
}

/** Makes the namespaces of objects: a dry run of one does not count for the next. */
export async function createNamespaces(client: KubeClient, objects: readonly KubeObject[]): Promise<void> {
  const names = objects.flatMap(({ kind, metadata }) => [...(kind === 'Namespace' ? [metadata.name] : []), ...(metadata.namespace === undefined ? [] : [metadata.namespace])]);
  for (const name of new Set(names)) await client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
}

/** Does something with each of many, a few at a time. */
export async function forEach<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (const item of queue) await work(item);
  }));
}

export function kindOf({ apiVersion, kind }: KubeObject): string {
  return `${apiVersion} ${kind}`;
}

export function titleOf(object: KubeObject): string {
  return `${kindOf(object)} ${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}
