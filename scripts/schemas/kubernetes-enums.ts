/** A definition's name, then its fields and the values they may have; `field[]` for the items of a list. */
export type Enums = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** The enums in the Go code that Kubernetes' OpenAPI documents are made with, which publishes them only from a running server. */
export function readEnums(generated: string): Enums {
  const enums = new Map<string, Map<string, string[]>>();
  let definition: string | undefined;
  let field = '';
  for (const line of generated.split('\n')) {
    const start = /^func schema_k8sio_api_(\w+?)_(v\d\w*?)_(\w+)\(/.exec(line);
    if (start !== null) definition = `io.k8s.api.${start[1]}.${start[2]}.${start[3]}`;
    else if (line.startsWith('func ')) definition = undefined;
    field = /^\t{5}"([^"]+)": \{$/.exec(line)?.[1] ?? field;
    const values = /^(\t+)Enum: +\[\]interface\{\}\{(.*)\},$/.exec(line);
    if (definition === undefined || values === null) continue;
    const place = values[1]!.length > 7 ? `${field}[]` : field;
    const known = enums.get(definition) ?? new Map<string, string[]>();
    enums.set(definition, known.set(place, JSON.parse(`[${values[2]}]`) as string[]));
  }
  return enums;
}
