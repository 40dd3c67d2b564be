import { UserError } from '../errors';
import type { ManifestFile } from '../tree/file';
import { parseMarker } from '../yaml/marker';
import type { CommentedLine } from '../yaml/write';
import type { PlacedDirectory } from './layout';
import { metadataOf, ownerOf } from './object-metadata';

/** Markers that no ImagePolicy of the app stands behind: Flux would never write there, and say nothing. */
export function markersWithoutPolicy(directories: readonly PlacedDirectory[]): UserError[] {
  const policies = policiesIn(directories);
  const errors: UserError[] = [];
  for (const placed of directories) {
    for (const file of placed.files) {
      if (file.type !== 'manifests') continue;
      for (const line of commentedLines(file, errors)) {
        const marker = parseMarker(line.comment);
        if (marker === undefined || policies.has(marker.policy)) continue;
        errors.push(withoutPolicy(`${file.path}:${line.line} (${ownerIn(placed, file, line)}) ${line.path}`, marker.policy, policies));
      }
    }
  }
  return errors;
}

function withoutPolicy(subject: string, policy: string, policies: ReadonlySet<string>): UserError {
  const name = policy.slice(policy.indexOf(':') + 1);
  const [elsewhere] = [...policies].filter((other) => other.endsWith(`:${name}`));
  if (elsewhere === undefined) {
    return new UserError('marker-without-policy', `${subject} is marked for the ImagePolicy "${policy}", which the app does not make`, 'make it, or mark the value with the policy that is meant');
  }
  return new UserError('policy-in-other-namespace', `${subject} is marked for the ImagePolicy "${policy}", but it lives in another namespace`, `write "${elsewhere}"`);
}

/** By `namespace:name`, as markers have them. */
function policiesIn(directories: readonly PlacedDirectory[]): Set<string> {
  const policies = new Set<string>();
  for (const { objects, kustomization } of directories) {
    for (const placed of objects.filter(({ object }) => object['kind'] === 'ImagePolicy')) {
      const { name, namespace } = metadataOf(placed);
      policies.add(`${namespace ?? kustomization.namespace ?? 'default'}:${name}`);
    }
  }
  return policies;
}

/** Comments are known once the file is written, which may fail: that is reported with the rest. */
function commentedLines(file: ManifestFile, errors: UserError[]): readonly CommentedLine[] {
  try {
    return file.commented;
  } catch (error) {
    if (!UserError.is(error)) throw error;
    errors.push(new UserError(error.code, `${file.path}: ${error.problem}`, error.fix));
    return [];
  }
}

function ownerIn({ directory, objects }: PlacedDirectory, file: ManifestFile, { document }: CommentedLine): string {
  const inFile = objects.filter((placed) => directory.pathOf(placed.file) === file.path)[document];
  return inFile === undefined ? file.props.claimedBy ?? directory.node.path : ownerOf(inFile).node.path;
}
