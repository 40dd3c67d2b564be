import { baseName } from '../tree/path';
import { isMapping } from '../model/fields';
import type { Applier, Change, ChangeEntry, ChangeGroup } from './changes';

/** Folds changes that read the same, and puts them under what applies them. */
export function groupChanges(changes: readonly Change[]): ChangeGroup[] {
  const entries = new Map<string, [Change, ...Change[]]>();
  for (const change of changes) {
    const text = readingOf(change);
    const known = entries.get(text);
    if (known === undefined) entries.set(text, [change]);
    else known.push(change);
  }
  const groups = new Map<string, { appliers: readonly Applier[]; entries: ChangeEntry[] }>();
  for (const same of entries.values()) {
    const appliers = [...new Set(same.flatMap(appliersOf))].sort(byName);
    const key = appliers.map(nameOf).join('\n');
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { appliers, entries: [{ changes: same }] });
    else known.entries.push({ changes: same });
  }
  return [...groups].sort(([a, { appliers: one }], [b, { appliers: other }]) => (Number(one.length === 0) - Number(other.length === 0)) || (a < b ? -1 : 1)).map(([, group]) => group);
}

/** Where a change is felt: where its object is now, or was if it is gone. */
export function appliersOf({ before, after }: Change): readonly Applier[] {
  return after === undefined || (after.appliers.length === 0 && before !== undefined) ? before!.appliers : after.appliers;
}

/** The same for changes that differ in nothing but where they are: in their stage's namespace or folder. */
function readingOf(change: Change): string {
  const { subject, type, fields, before, after } = change;
  const folders = movedFolder(change);
  if (folders !== undefined) return JSON.stringify([type, folders, before!.appliers.map(nameOf), after!.appliers.map(nameOf)]);
  const what = subject.type === 'file' ? [subject.role, baseName(subject.path)] : [subject.group, subject.kind, subject.name];
  const moved = type === 'moved' ? [before!.file, after!.file] : [];
  const how = before === undefined || after === undefined ? withoutNamespace((before ?? after)!.content) : fields.map((field) => [field.path, field.type, field.before, field.after, field.image]);
  return JSON.stringify([type, what, moved, how]);
}

/** The folders that a change goes from and to, where nothing else of it changes: all that lies in them goes along. */
export function movedFolder({ type, fields, before, after }: Change): readonly [from: string, to: string] | undefined {
  if (type !== 'moved' || fields.length > 0 || before?.file === undefined || after?.file === undefined) return undefined;
  const [from, to] = [before.file.split('/'), after.file.split('/')];
  if (from.at(-1) !== to.at(-1) || before.file === after.file) return undefined;
  while (from.length > 0 && to.length > 0 && from.at(-1) === to.at(-1)) {
    from.pop();
    to.pop();
  }
  return [from.join('/'), to.join('/')];
}

function nameOf({ cluster, kustomization }: Applier): string {
  return `${cluster}\0${kustomization ?? ''}`;
}

function withoutNamespace(content: unknown): unknown {
  if (!isMapping(content) || !isMapping(content['metadata'])) return content;
  const { namespace: _, ...metadata } = content['metadata'];
  return { ...content, metadata };
}

function byName(a: Applier, b: Applier): number {
  const [one, other] = [nameOf(a), nameOf(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}
