import type { File } from '../../tree/file';
import type { Tree } from '../../tree/tree';

/** Paths of the files that are not the same byte for byte on both sides, sorted; those on one side alone among them. */
export function differentFiles(before: Tree, after: Tree): readonly string[] {
  const found: string[] = [];
  for (const file of before) {
    const other = after.get(file.path);
    if (other === undefined || !isSame(file, other)) found.push(file.path);
  }
  for (const path of after.paths()) if (!before.has(path)) found.push(path);
  return found.sort();
}

function isSame(a: File, b: File): boolean {
  if (a.props.contentId !== undefined && b.props.contentId !== undefined) return a.props.contentId === b.props.contentId;
  if (a.type === 'manifests' && b.type === 'manifests') return a.text === b.text;
  return a.bytes.equals(b.bytes);
}
