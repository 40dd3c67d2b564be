import { UserError } from '../errors';
import type { ManifestFile } from '../tree/file';
import { parseMarker, parseMarkerBranch, type Marker } from '../yaml/marker';
import type { Repository } from './repository';

/** A scalar that Flux's image automation would set. */
export interface MarkedScalar {
  readonly file: string;
  readonly document: number;
  /** Such as `spec.containers[name=server].image`. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly value: string;
  readonly marker: Marker;
  /** The only branch that the marker is for; the policy may be in another one. */
  readonly branch?: string;
}

/** Text that looks like a marker and that Flux's image automation takes no notice of. */
export interface UnseenMarker {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

export interface Markers {
  readonly scalars: readonly MarkedScalar[];
  readonly unseen: readonly UnseenMarker[];
}

/** All markers of a repository, in files that the automation reads: YAML by name. */
export function findMarkers({ tree }: Repository): Markers {
  const scalars: MarkedScalar[] = [];
  const unseen: UnseenMarker[] = [];
  for (const file of tree) {
    if (file.type !== 'manifests' || !/\.ya?ml$/.test(file.path) || !file.text.includes('$imagepolicy')) continue;
    const seen = seenIn(file);
    scalars.push(...seen);
    const lines = new Set(seen.map(({ line }) => line));
    file.text.split('\n').forEach((text, index) => {
      // in a comment of a line of its own it is a remark, or a marker that somebody took off
      if (/["']?\$imagepolicy["']?\s*:/.test(text) && !/^\s*#/.test(text) && !lines.has(index + 1)) unseen.push({ file: file.path, line: index + 1, text: text.trim() });
    });
  }
  return { scalars, unseen };
}

function seenIn(file: ManifestFile): MarkedScalar[] {
  try {
    return file.commented.flatMap(({ document, path, line, value, comment }) => {
      const marker = parseMarker(comment);
      return marker === undefined ? [] : [{ file: file.path, document, path, line, value, marker, branch: parseMarkerBranch(comment) }];
    });
  } catch (error) {
    if (UserError.is(error)) return []; // the file is broken, which is found elsewhere
    throw error;
  }
}
