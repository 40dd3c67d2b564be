import { isMap, parseDocument, Scalar, type Document, type YAMLMap } from 'yaml';
import { textScalar, withLineEndsOf } from '../yaml/edited-text';
import type { LockedRelease } from './lock-file';

const START = `# Releases of other projects that this repository stands on: "fluxwright upstream" edits this file, and so may you.
releases: {}
`;

/** The file with a release, in the place of the one of its name; comments and other releases stay. */
export function withRelease(text: string | undefined, release: LockedRelease): string {
  const document: Document = parseDocument(text ?? START);
  if (!isMap(document.contents)) document.contents = document.createNode({}) as never;
  const top = document.contents as unknown as YAMLMap;
  if (!isMap(top.get('releases'))) top.set('releases', document.createNode({}));
  const releases = top.get('releases') as YAMLMap;
  releases.flow = false;
  if (!isMap(releases.get(release.name))) releases.set(textScalar(release.name), document.createNode({}));
  const entry = releases.get(release.name) as YAMLMap;
  entry.flow = false;
  for (const key of ['version', 'url', 'sha256', 'path'] as const) put(entry, key, release[key] === undefined ? undefined : textScalar(release[key]));
  put(entry, 'crds', release.crds.length === 0 ? undefined : document.createNode(release.crds.map(({ name, kind, versions }) => inFlow(document, { name: textScalar(name), kind: textScalar(kind), versions: versions.map(textScalar) }))));
  put(entry, 'images', release.images.length === 0 ? undefined : document.createNode(release.images.map(textScalar)));
  return withLineEndsOf(text ?? START, document.toString({ lineWidth: 0, flowCollectionPadding: false }));
}

/** A value that is the same stays as it stands, with what is written behind it. */
function put(entry: YAMLMap, key: string, value: unknown): void {
  if (value === undefined) entry.delete(key);
  else if (!(value instanceof Scalar) || entry.get(key) !== value.value) entry.set(key, value);
}

function inFlow(document: Document, value: object): unknown {
  return document.createNode(value, { flow: true });
}
