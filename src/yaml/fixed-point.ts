/**
 * What kyaml does to a file when Flux's image automation has set a scalar in it and writes it back. A file that looks so
 * already comes back with nothing changed beside that scalar.
 */

/**
 * Whether kyaml will indent the sequences of a document below their keys, or write them flush with the keys. It guesses
 * from the first lines that look like a key with a list below, be they inside a text.
 */
export function kyamlIndentsSequences(document: string): boolean {
  const lines = document.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const item = /^( *)- /.exec(lines[at]!);
    if (item === null) continue;
    const key = keyBefore(lines, at);
    const indent = /^( *)[^ :][^:]*: *$|^( *): *$/.exec(key);
    if (indent === null) continue;
    const deeper = item[1]!.length - (indent[1] ?? indent[2])!.length;
    if (deeper === 0) return false;
    if (deeper === 2) return true;
  }
  return false;
}

function keyBefore(lines: readonly string[], at: number): string {
  for (let before = at - 1; before >= 0; before--) {
    const line = lines[before]!;
    if (!/^ *#/.test(line)) return line.split('#', 1)[0]!;
  }
  return '';
}

/** An object without empty annotations or metadata, which kyaml takes out. */
export function withoutEmptyMetadata(object: unknown): unknown {
  if (!isMap(object) || !('metadata' in object)) return object;
  const { metadata, ...rest } = object;
  if (isVoid(metadata)) return rest;
  if (!isMap(metadata) || !('annotations' in metadata) || !isVoid(metadata['annotations'])) return object;
  const { annotations: _, ...kept } = metadata;
  return isVoid(kept) ? rest : { ...object, metadata: kept };
}

function isVoid(value: unknown): boolean {
  return value === null || value === undefined || (isMap(value) && Object.values(value).every((item) => item === undefined));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
