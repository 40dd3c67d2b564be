import { UserError } from '../errors';
import { containersOf } from '../model/containers';
import { listAt, mapping, textAt, textsAt, type Data } from '../model/fields';
import { objectsOf, type SourceObject } from '../model/source-object';
import { ManifestFile } from '../tree/file';
import type { ProvidedDefinition } from '../upstream/lock-file';

/** A release of another project: what its manifests hold. */
export interface Release {
  readonly objects: readonly SourceObject[];
  readonly crds: readonly ProvidedDefinition[];
  readonly images: readonly string[];
}

/**
 * Reads a release.
 * @param from where it comes from, for messages
 * @throws UserError `yaml-invalid`, or `file-malformed` for what holds no object, such as the page of a server that says no
 */
export function readRelease(bytes: Uint8Array, from: string): Release {
  const { documents } = ManifestFile.fromText(from, Buffer.from(bytes).toString('utf8'));
  const objects = documents.flatMap((document, index) => objectsOf(document, from, index));
  if (objects.length === 0) throw new UserError('file-malformed', `${from} holds no Kubernetes object`, 'name the URL of the manifests themselves, not of a page or an archive');
  const crds = objects.filter(isDefinition).map(({ data, name }): ProvidedDefinition => ({ name, kind: textAt(data, 'spec.names.kind') ?? '', versions: servedVersions(data) }));
  return { objects, crds: crds.sort((a, b) => (a.name < b.name ? -1 : 1)), images: [...new Set(objects.flatMap(imagesIn))].sort() };
}

export function isDefinition({ kind, group }: Pick<SourceObject, 'kind' | 'group'>): boolean {
  return kind === 'CustomResourceDefinition' && group === 'apiextensions.k8s.io';
}

export function servedVersions(definition: Data): string[] {
  return listAt(definition, 'spec.versions').flatMap((version) => (mapping(version)['served'] === false ? [] : textAt(version, 'name') ?? []));
}

/** What it runs, and what its controllers are told to run: `--acme-http01-solver-image=…`, `OPERATOR_IMAGE_NAME`. */
function imagesIn(object: SourceObject): string[] {
  return containersOf(object).flatMap(({ data }) => [
    textAt(data, 'image') ?? [],
    ...[...textsAt(data, 'command'), ...textsAt(data, 'args')].flatMap((argument) => /^--[\w-]*image(?:-name)?=(\S+)$/.exec(argument)?.[1] ?? []),
    ...listAt(data, 'env').flatMap((variable) => (/IMAGE(_NAME)?$/.test(textAt(variable, 'name') ?? '') ? textAt(variable, 'value') ?? [] : [])),
  ]).flat().filter((image) => /^[\w./-]+(:\d+\/[\w./-]+)?(:[\w.-]+)?(@sha256:[0-9a-f]{64})?$/.test(image));
}
