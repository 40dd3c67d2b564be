import type { CheckContext } from '../../checks/check-context';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import { baseName, directoryOf } from '../../tree/path';
import type { RunbookStep } from '../plan';
import type { Waves } from '../waves';
import { liesBelow, type Entry } from './entry';
import { shellWord } from './shell';

/** What nothing in the cluster applies, so that a person does: files with Kustomizations, those of the first waves first. */
export function syncFileSteps(cluster: Cluster, entry: Entry, { waves }: Waves, { repository, walker }: CheckContext): RunbookStep[] {
  const wave = new Map(waves.flatMap((steps, index) => steps.map(({ kustomization }) => [kustomization, index] as const)));
  const files = new Map<string, { first: number; readonly roots: FluxKustomization[] }>();
  for (const root of cluster.kustomizations) {
    if (root.parent !== undefined || root.object.source === undefined || isBroughtBy(entry, root)) continue;
    const file = root.object.source.file;
    const known = files.get(file) ?? { first: Infinity, roots: [] };
    files.set(file, { first: Math.min(known.first, wave.get(root) ?? Infinity), roots: [...known.roots, root] });
  }
  if (files.size === 0) return [];
  const ordered = [...files].sort(([a, { first }], [b, { first: other }]) => first - other || (a < b ? -1 : 1));
  const commands = [...new Set(ordered.map(([file, { roots }]) => applying(file, roots)))];
  return [{ title: `Apply what nothing in the cluster applies${ordered.length === 1 ? '' : ', in this order'}`, commands, notes: [] }];

  /** A folder that lists its own sync file is applied whole, as Flux will from then on; not where only Flux can decrypt it. */
  function applying(file: string, roots: readonly FluxKustomization[]): string {
    const directory = directoryOf(file);
    const appliesItself = roots.some(({ path, files: built }) => path === directory && built.has(file));
    const isPlain = repository.kustomizations.has(directory) && walker.walk(directory).objects.every(({ source }) => source?.encrypted !== true);
    return appliesItself && isPlain ? `kubectl apply -k ${shellWord(directory)}` : `kubectl apply -f ${shellWord(file)}`;
  }
}

/** bootstrap applies what it writes, and its own Kustomization the rest of the folder. */
function isBroughtBy(entry: Entry, { object }: FluxKustomization): boolean {
  const file = object.source!.file;
  switch (entry.by) {
    case 'flux-bootstrap': return entry.sync === undefined ? liesBelow(file, entry.directory) : baseName(file) === 'gotk-sync.yaml';
    case 'flux-operator': return file === entry.instance.file;
    case 'flux-instance-chart': return true;
    case 'hand': return false;
  }
}
