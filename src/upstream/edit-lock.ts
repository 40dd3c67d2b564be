import { isMap, parseDocument, Scalar, type Document, type YAMLMap } from 'yaml';
import { flowScalar } from '../yaml/scalar';
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
  if (!isMap(releases.get(release.name))) releases.set(safe(release.name), document.createNode({}));
  const entry = releases.get(release.name) as YAMLMap;
  entry.flow = false;
  for (const key of ['version', 'url', 'sha256', 'path'] as const) put(entry, key, release[key] === undefined ? undefined : safe(release[key]));
  put(entry, 'crds', release.crds.length === 0 ? undefined : document.createNode(release.crds.map(({ name, kind, versions }) => inFlow(document, { name: safe(name), kind: safe(kind), versions: versions.map(safe) }))));
  put(entry, 'images', release.images.length === 0 ? undefined : document.createNode(release.images.map(safe)));
  const result = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  return text?.includes('\r\n') === true ? result.replace(/\r?\n/g, '\r\n') : result;
}

/** A value that is the same stays as it stands, with what is written behind it. */
function put(entry: YAMLMap, key: string, value: unknown): void {
  if (value === undefined) entry.delete(key);
  else if (!(value instanceof Scalar) || entry.get(key) !== value.value) entry.set(key, value);
}

function inFlow(document: Document, value: object): unknown {
  return document.createNode(value, { flow: true });
}

/** A text that every reader of YAML takes for one. */
function safe(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = flowScalar(text) === text ? Scalar.PLAIN : Scalar.QUOTE_DOUBLE;
  return scalar;
}
