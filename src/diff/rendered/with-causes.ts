import type { Applier, Change } from '../changes';
import type { Consequence } from '../consequences/consequence';
import { findKustomization } from '../consequences/cluster-pairs';
import { factOf } from '../consequences/world';
import type { State } from '../state';

/** An object may change though its own file does not: a patch, a variable or a transformer did. That is where to look first. */
export function withCauses(found: readonly Consequence[], causes: readonly Change[], states: readonly State[]): Consequence[] {
  const changed = new Map<string, Change[]>();
  for (const cause of causes) for (const file of new Set([cause.before?.file, cause.after?.file])) if (file !== undefined) changed.set(file, [...(changed.get(file) ?? []), cause]);
  return found.map((one): Consequence => {
    const { facts } = one.evidence;
    if (facts.some((fact) => changed.has(fact.replace(/(:\d+)? .*$/, '')))) return one;
    const leading = new Set(one.appliers.flatMap((applier) => states.flatMap((state) => filesOf(applier, state))).flatMap((file) => changed.get(file) ?? []));
    return { ...one, evidence: { ...one.evidence, facts: [...[...leading].slice(0, MOST_CAUSES).map((cause) => factOf(cause)), ...facts] } };
  });
}

const MOST_CAUSES = 2;

/** The files that a Flux Kustomization is built from, and those that it and the ones above it are written in. */
function filesOf(applier: Applier, state: State): string[] {
  const files: string[] = [];
  for (let one = findKustomization(state, applier), isFirst = true; one !== undefined && files.length < MOST_FILES; one = one.parent, isFirst = false) {
    if (isFirst) files.push(...one.files);
    if (one.object.source !== undefined) files.push(one.object.source.file);
  }
  return files;
}

const MOST_FILES = 10_000;
