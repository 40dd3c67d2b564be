import { fileURLToPath } from 'node:url';
import { sep } from 'node:path';

/** A line of somebody's code. */
export interface CodePlace {
  readonly file: string;
  readonly line: number;
}

/** The lines of a stack that are neither a package's nor ours, the innermost first. */
export function userPlaces(stack: string): CodePlace[] {
  const own = `${__dirname.slice(0, -'app'.length)}`;
  const lines = stack.split('\n').slice(1);
  return lines.flatMap((line, index): CodePlace[] => {
    // what loads TypeScript wraps a file's code, and calls that at its end
    if (line.includes(' Object.<anonymous> (') && lines[index - 1]?.includes(' <anonymous> (') === true) return [];
    const place = /^\(?((?:[A-Za-z]:|file:\/\/|node:)?[^():]+):(\d+):\d+\)?$/.exec(line.trim().replace(/^at (?:async )?(?:[^(]*\()?/, ''));
    if (place === null) return [];
    const file = place[1]!.startsWith('file://') ? fileURLToPath(place[1]!) : place[1]!;
    if (file.startsWith('node:') || file.includes(`${sep}node_modules${sep}`) || file.startsWith(own)) return [];
    return [{ file, line: Number(place[2]) }];
  });
}
