import { UserError } from '../../errors';
import type { File } from '../../tree/file';
import type { Tree } from '../../tree/tree';

/** Is shown the bytes of each file once, while they are at hand: of both sides where they differ. */
export type Onlooker = (file: File, bytes: Buffer) => void;

/**
 * Paths of the files that are not the same byte for byte on both sides, sorted; those on one side alone among them. Bytes
 * are not kept, so that large trees need not fit into memory.
 */
export function differentFiles(before: Tree, after: Tree, onlooker?: Onlooker): readonly string[] {
  const found: string[] = [];
  for (const file of before) {
    const other = after.get(file.path);
    const known = other === undefined ? undefined : areKnown(file, other);
    const bytes = known === undefined || onlooker !== undefined ? bytesOf(file) : undefined;
    if (bytes !== undefined) onlooker?.(file, bytes);
    if (other !== undefined && known === true) continue;
    const now = other === undefined ? undefined : bytesOf(other);
    if (now !== undefined && bytes?.equals(now) === true) continue;
    found.push(file.path);
    if (other !== undefined && now !== undefined) onlooker?.(other, now);
  }
  for (const file of after) {
    if (before.has(file.path)) continue;
    found.push(file.path);
    const bytes = onlooker === undefined ? undefined : bytesOf(file);
    if (bytes !== undefined) onlooker?.(file, bytes);
  }
  return found.sort();
}

/** Whether Git says that two files are the same, or that they are not; undefined where it does not know both. */
function areKnown(a: File, b: File): boolean | undefined {
  if (a === b) return true;
  return a.props.contentId === undefined || b.props.contentId === undefined ? undefined : a.props.contentId === b.props.contentId;
}

/** A file that cannot be read differs from all others, and shows nothing. */
function bytesOf(file: File): Buffer | undefined {
  try {
    return file.bytes;
  } catch (error) {
    if (UserError.is(error)) return undefined;
    throw error;
  }
}
