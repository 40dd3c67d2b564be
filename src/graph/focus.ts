import { UserError } from '../errors';
import { nearestTo } from '../nearest';
import type { Graph, GraphNode } from './graph';
import { drawn } from './graph';

/**
 * What is around some Kustomizations: all that comes before them, all that needs them, and the edges between.
 * @param name `apps`, or `flux-system/apps`
 * @throws UserError `reference-invalid` if there is none of that name
 */
export function focusOn({ nodes, edges }: Graph, name: string): Graph {
  const kustomizations = nodes.filter(({ kind, state }) => kind === 'Kustomization' && state !== 'missing');
  const chosen = kustomizations.filter((node) => node.name === name || keyOf(node) === name);
  if (chosen.length === 0) {
    const near = nearestTo(name, kustomizations.map((node) => (name.includes('/') ? keyOf(node) : node.name)));
    throw new UserError('reference-invalid', `there is no Flux Kustomization "${name}"`, near === undefined ? `name one of ${[...new Set(kustomizations.map(keyOf))].slice(0, 10).join(', ') || 'none'}` : `write ${near}`);
  }
  const [after, before] = [new Map<string, string[]>(), new Map<string, string[]>()];
  for (const edge of edges) {
    const [first, second] = drawn(edge);
    push(after, first, second);
    push(before, second, first);
  }
  const ids = chosen.map(({ id }) => id);
  const kept = new Set([...reach(ids, before), ...reach(ids, after)]);
  return { nodes: nodes.filter(({ id }) => kept.has(id)), edges: edges.filter(({ from, to }) => kept.has(from) && kept.has(to)) };
}

function keyOf({ namespace, name }: GraphNode): string {
  return `${namespace ?? ''}/${name}`;
}

function reach(start: readonly string[], next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set(start);
  for (const id of found) for (const other of next.get(id) ?? []) found.add(other);
  return found;
}

function push(lists: Map<string, string[]>, key: string, item: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
