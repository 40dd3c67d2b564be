import { isSetAside } from '../../model/set-aside';
import type { Change } from '../changes';
import { fluxPathsInText, mayHoldFlux } from '../scope/references-in-text';
import type { State } from '../state';
import type { Consequence } from './consequence';
import { factOf, type World } from './world';

const RULE = { text: 'Flux applies what a Flux Kustomization leads to, and nothing else', link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/' };

/** Changes of objects in files that no Flux Kustomization applies: nothing happens until a person does. */
export function unappliedChanges({ changes, after }: World): Consequence[] {
  const isUnknown = underBrokenPaths(after);
  const byFile = new Map<string, Change[]>();
  for (const change of changes) {
    const version = change.after ?? change.before!;
    if (change.subject.type !== 'object' || version.file === undefined || [change.before, change.after].some((side) => side?.appliers.some(({ kustomization }) => kustomization !== undefined)) || isUnknown(version.file) || isSetAside(version.file)) continue;
    byFile.set(version.file, [...(byFile.get(version.file) ?? []), change]);
  }
  const files = [...byFile];
  if (files.length === 0) return [];
  const isGone = (found: readonly Change[]): boolean => found.every(({ type }) => type === 'removed');
  const applied = files.filter(([, found]) => !isGone(found)).map(([file]) => file);
  const removed = files.filter(([, found]) => isGone(found)).map(([file]) => file);
  const all = files.flatMap(([, found]) => found);
  const make = (names: readonly string[], title: string, affected: readonly string[]): Consequence[] => (names.length === 0 ? [] : [{
    class: 'not-applied', severity: 'notice', title, affected,
    evidence: { changes: all.filter((change) => names.includes((change.after ?? change.before!).file!)), facts: all.filter((change) => names.includes((change.after ?? change.before!).file!)).map((change) => factOf(change)), rule: RULE },
    appliers: [...new Set(all.flatMap(({ after }) => after?.appliers ?? []))], advice: [],
  }]);
  return [
    ...make(applied, applied.length === 1 ? `takes effect only after kubectl apply -f ${applied[0]!}` : `${applied.length} files take effect only after kubectl apply`, applied.length === 1 ? [] : applied.map((file) => `kubectl apply -f ${file}`)),
    ...make(removed, removed.length === 1 ? `what was in ${removed[0]!} stays in the cluster until kubectl delete` : `what was in ${removed.length} files stays in the cluster until kubectl delete`, removed.length === 1 ? [] : removed),
  ];
}

/** Whether a Flux Kustomization that cannot be read may apply a file: its file tells the path all the same. */
function underBrokenPaths({ repository: { broken, tree } }: State): (file: string) => boolean {
  const paths = broken.flatMap(({ path }) => {
    const file = tree.get(path);
    return file?.type === 'manifests' && mayHoldFlux(file.text) ? fluxPathsInText(file.text).filter((written) => written !== '') : [];
  });
  return (file) => paths.some((path) => file.startsWith(`${path}/`));
}
