/** `pg` → `pg-2` → `pg-3`: the name of an archive that the cluster has not written before. */
export function nextServerName(cluster: string, current: string): string {
  const generation = current.startsWith(`${cluster}-`) ? Number(/^[1-9][0-9]*$/.exec(current.slice(cluster.length + 1))?.[0] ?? 1) : 1;
  return `${cluster}-${generation + 1}`;
}
