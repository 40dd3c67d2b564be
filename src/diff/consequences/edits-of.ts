import { isMapping, textAt } from '../../model/fields';
import { SchemaSet } from '../../schema/schema-set';
import type { Applier, Change } from '../changes';
import { finisher } from '../patches/finish';
import { finishedEdits } from '../patches/finished-edits';
import { patchedEdits } from '../patches/patched-edits';
import { reachedObjects } from './reached-objects';
import type { Edit, World } from './world';

/**
 * Changes of objects that will be acted on, those that patches make among them.
 * @param isOfFiles whether the changes are of files: of what is rendered, patches are a part
 */
export function editsOf(world: Pick<World, 'changes' | 'before' | 'after' | 'names'>, isOfFiles: boolean, isSuspended: (applier: Applier) => boolean): Edit[] {
  return (isOfFiles ? editsOfFiles(world) : world.changes.flatMap((change) => editOf(change, false))).flatMap((edit): Edit[] => {
    const appliers = edit.appliers.filter((applier) => !isSuspended(applier));
    return appliers.length === 0 ? [] : [{ ...edit, appliers }];
  });
}

function editsOfFiles(world: Pick<World, 'changes' | 'before' | 'after' | 'names'>): Edit[] {
  const schemas = new SchemaSet();
  const finishes = { before: finisher(world.before, schemas), after: finisher(world.after, schemas) };
  const patched = patchedEdits(world, finishes, schemas);
  const known = new Set(patched.map(({ change }) => change));
  const written = world.changes.flatMap((change) => editOf(change, known.has(change)));
  return [...finishedEdits(written, world, finishes, schemas), ...patched, ...reachedObjects(world)];
}

/** @param isFollowed whether it is known what comes of the patch; else what it says stands for that */
function editOf(change: Change, isFollowed: boolean): Edit[] {
  const { subject, before, after, fields } = change;
  const appliers = [...new Set([...(after?.appliers ?? []), ...(before?.appliers ?? [])])];
  const [old, now] = [before?.content, after?.content].map((content) => (isMapping(content) ? content : undefined));
  if (subject.type === 'object') return [{ change, object: subject, before: old, after: now, fields, appliers }];
  if (subject.role !== 'patch' || isFollowed || change.type !== 'changed') return [];
  const kind = textAt(now ?? old, 'kind');
  const apiVersion = textAt(now ?? old, 'apiVersion') ?? '';
  const name = textAt(now ?? old, 'metadata.name');
  if (kind === undefined || name === undefined) return [];
  return [{ change, object: { apiVersion, group: apiVersion.slice(0, Math.max(0, apiVersion.lastIndexOf('/'))), kind, namespace: textAt(now, 'metadata.namespace'), name }, before: old, after: now, fields, appliers }];
}
