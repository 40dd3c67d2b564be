import { writeFileSync } from 'node:fs';

const LIMIT = 700 * 1024;

/** JSON with a line for each entry of each part, sorted, so that a change shows in review as the lines that it changes. */
export function writeLines(file: string, parts: Readonly<Record<string, unknown>>): void {
  const text = Object.entries(parts).map(([name, part]) => `${JSON.stringify(name)}: ${lines(part)}`).join(',\n');
  const whole = `{\n${text}\n}\n`;
  if (whole.length > LIMIT) throw new Error(`${file} has ${whole.length} bytes, more than the limit for one file`);
  writeFileSync(file, whole);
}

function lines(part: unknown): string {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return JSON.stringify(part);
  const entries = Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{\n${entries.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(',\n')}\n}`;
}
