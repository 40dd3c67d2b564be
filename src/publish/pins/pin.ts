import { parseHold, parseMarker, parseMarkerBranch, parseMarkerOnHold, type Hold, type Marker } from '../../yaml/marker';
import { withDigests } from './joined-digests';
import { pathStep, type CommentedLine } from '../../yaml/write';
import type { ManifestFile } from '../../tree/file';
import { parseImage } from '../../tree/image-reference';
import { objectKey } from '../../tree/object-key';

/** A scalar that others than the constructs may set: marked for Flux's image automation, or held. */
export interface Pin extends CommentedLine {
  readonly file: string;
  /** What the object is called (see `objectKey`). */
  readonly object: string;
  /** What links the scalar to an ImagePolicy, or did before it was held. */
  readonly setter: Marker | undefined;
  readonly hold: Hold | undefined;
  /** Whether its marker is taken off in the tree, and comes back there alone: the constructs know nothing of it. */
  readonly isOnHold?: boolean;
  /** The only branch that its marker is for: others know nothing of it. */
  readonly branch?: string;
  /** The image's repository, as far as the object says it. */
  readonly repository: string | undefined;
  /** Of a tag: the digest beside it. */
  readonly digest?: Pin;
  /** Whether the scalar has neither marker nor hold: it was only found where a pin is to stand. */
  readonly isPlain?: true;
}

/** Whether a text can hold pins at all; spares reading the YAML of those that do not. */
export function mayHoldPins(text: string): boolean {
  return text.includes('"$imagepolicy') || text.includes('"$held');
}

export function isPinComment({ comment }: CommentedLine): boolean {
  return comment.startsWith('{') && (parseMarker(comment) ?? parseMarkerOnHold(comment) ?? parseHold(comment)) !== undefined;
}

/**
 * The pins of a file.
 * @throws UserError `yaml-invalid` for a file from text that is no YAML
 */
export function pinsOf(file: ManifestFile): Pin[] {
  const lines = file.commented.filter(isPinComment);
  if (lines.length === 0) return [];
  const documents = file.documents;
  const seen = new Map<string, number>();
  return withDigests(lines.map((line) => {
    const object = documents[line.document]?.object;
    const hold = parseHold(line.comment);
    const onHold = parseMarkerOnHold(line.comment);
    const setter = parseMarker(line.comment) ?? onHold ?? hold?.marker;
    const key = objectKey(object, file.path);
    // Two list items of one name, or one object twice in a file, have one path: told apart by their order.
    const count = (seen.get(`${key} ${line.path}`) ?? 0) + 1;
    seen.set(`${key} ${line.path}`, count);
    const path = count === 1 ? line.path : `${line.path}#${count}`;
    return { ...line, path, file: file.path, object: key, hold, isOnHold: onHold !== undefined, branch: parseMarkerBranch(line.comment), setter, repository: repositoryOf(object, line, setter) };
  }));
}

export function repositoryOf(object: unknown, { path, value }: Pick<CommentedLine, 'path' | 'value'>, setter: Marker | undefined): string | undefined {
  if (setter?.part === 'name') return value;
  if (setter?.part === undefined) return parseImage(value).repository;
  const { newName, name, repository, registry } = (parentAt(object, path) ?? {}) as Record<string, unknown>;
  if (typeof repository === 'string') return typeof registry === 'string' && registry !== '' ? `${registry}/${repository}` : repository;
  if (typeof newName === 'string') return newName;
  // In a kustomization.yaml, a Flux Kustomization, or what a HelmRelease has kustomize do.
  return typeof name === 'string' && /(^|\.)images\[/.test(path) ? name : undefined;
}

/** The map or list that holds the scalar at `path`. */
export function parentAt(value: unknown, path: string): unknown {
  return descend(value, path.startsWith('[') ? path : `.${path}`, undefined)?.parent;
}

export function valueAt(value: unknown, path: string): unknown {
  return descend(value, path.startsWith('[') ? path : `.${path}`, undefined)?.value;
}

/** Keys may hold dots and brackets, so each key is tried instead of taking the path apart. */
function descend(value: unknown, path: string, parent: unknown): { value: unknown; parent: unknown } | undefined {
  if (path === '') return { value, parent };
  if (typeof value !== 'object' || value === null) return undefined;
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  for (const key of keys) {
    const step = pathStep(value, key);
    if (!path.startsWith(step)) continue;
    const found = descend((value as Record<string | number, unknown>)[key], path.slice(step.length), value);
    if (found !== undefined) return found;
  }
  return undefined;
}
