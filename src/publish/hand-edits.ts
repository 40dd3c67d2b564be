import { UserError } from '../errors';
import { changedFields } from './changed-fields';
import type { Committed } from './committed';
import { hasConflictMarkers } from './conflict-markers';
import { maskPins } from './pins/masked-pins';
import type { SynthRecord } from './synth-record';

/** An own file that is about to be overwritten (with `after`) or deleted. */
export interface Replacement {
  readonly path: string;
  readonly before: Buffer;
  readonly after: Buffer | undefined;
}

/**
 * The replacements that would lose what is nowhere else: neither what synth last wrote nor anything that Git has, but for
 * pins (whose values go on) and for what Git's own merging left behind.
 */
export function findHandEdits(replacements: readonly Replacement[], committed: Committed, record: SynthRecord): UserError[] {
  const unwritten = replacements.filter(({ path, before, after }) => !committed.listed.has(path, before) && !record.has(path, before) && !isSameButForPins(before, after));
  if (unwritten.length === 0) return [];
  if (committed.isGitMissing) {
    return [new UserError('tool-missing', `${unwritten.map(({ path }) => path).slice(0, 3).join(', ')} may have been edited by hand, and there is no git to look for the edits in the repository`, 'install git, or overwrite them: fluxwright synth --force')];
  }
  const known = committed.git?.known(unwritten.map(({ path }) => path)) ?? new Set<string>();
  return unwritten.filter(({ path }) => !known.has(path)).flatMap((replacement) => {
    const versions = versionsInGit(committed, replacement.path);
    const text = replacement.before.toString('utf8');
    const isMerging = committed.isMerging;
    if (isMerging && hasConflictMarkers(text)) return [];
    if (versions.some((version) => maskPins(version) === maskPins(text))) return [];
    if (isMerging && isMadeOf(text, [...versions, replacement.after?.toString('utf8') ?? ''])) return [];
    return [handEdit(replacement, versions[0] ?? replacement.after?.toString('utf8'))];
  });
}

function isSameButForPins(before: Buffer, after: Buffer | undefined): boolean {
  return after !== undefined && maskPins(before.toString('utf8')) === maskPins(after.toString('utf8'));
}

/** What the index and HEAD have at a path, and all sides of a merge. */
function versionsInGit({ git, index, head, unmerged }: Committed, path: string): string[] {
  const ids = [index?.get(path), head?.get(path), ...Object.values(unmerged.get(path) ?? {})].filter((id) => id !== undefined);
  return git === undefined ? [] : ids.flatMap((id) => git.read([id]).get(id)?.toString('utf8') ?? []);
}

/** A conflict that a person resolved has no line of its own. */
function isMadeOf(text: string, versions: readonly string[]): boolean {
  const lines = new Set(versions.flatMap((version) => maskPins(version).split('\n')));
  return maskPins(text).split('\n').every((line) => lines.has(line));
}

function handEdit({ path, before, after }: Replacement, original: string | undefined): UserError {
  const text = before.toString('utf8');
  const fields = original === undefined ? [] : changedFields(path, original, text);
  const line = original === undefined ? 1 : firstDifference(original, text);
  return new UserError(
    'hand-edit',
    `${path}:${line} was edited by hand${fields.length === 0 ? '' : ` (${fields.slice(0, 5).join(', ')})`}, and that is in Git nowhere; synth would ${after === undefined ? 'delete the file' : 'overwrite it'}`,
    'put it into the constructs, or commit it to keep it in history; fluxwright synth --force drops it',
  );
}

function firstDifference(a: string, b: string): number {
  const [one, other] = [a.split(/\r?\n/), b.split(/\r?\n/)];
  const index = other.findIndex((line, at) => line !== one[at]);
  return (index < 0 ? Math.min(one.length, other.length) : index) + 1;
}
