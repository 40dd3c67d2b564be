/** What git prints for programs, read. */

/** The paths of a tree or of the index, with the id of what lies there. */
export type Entries = ReadonlyMap<string, string>;

/** What a pattern finds in each part of a list whose parts end in NUL. */
export function parseEntries(output: Buffer, pattern: RegExp): RegExpExecArray[] {
  return output.toString().split('\0').map((entry) => pattern.exec(entry)).filter((match) => match !== null);
}

/** The paths of a raw diff, with the ids before it. */
export function replacedEntries(output: Buffer): Entries {
  const fields = output.toString().split('\0');
  return new Map(fields.flatMap((field, index): [string, string][] => (field.startsWith(':') ? [[fields[index + 1]!, field.split(' ')[2]!]] : [])));
}

/** What `cat-file --batch` prints: contents by object id. */
export function* parseBatch(output: Buffer): Generator<[id: string, content: Buffer | undefined]> {
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    const [id, type, size] = output.toString('utf8', at, end).split(' ');
    at = end + 1;
    if (type === 'missing') {
      yield [id!, undefined];
    } else {
      yield [id!, output.subarray(at, at + Number(size))];
      at += Number(size) + 1;
    }
  }
}
