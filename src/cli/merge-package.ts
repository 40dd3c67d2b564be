import { UserError } from '../errors';

export interface MergedPackage {
  readonly text: string;
  /** What the project has that the template has otherwise, as sentences. */
  readonly kept: readonly string[];
}

type Fields = Record<string, unknown>;

/**
 * Adds to a package.json what it lacks of the template's: scripts, dependencies, settings of jest. What it has stays.
 * @throws UserError `file-malformed`
 */
export function mergePackage(text: string, template: Fields): MergedPackage {
  const own = parsePackage(text);
  const kept: string[] = [];
  const merged: Fields = { ...own, scripts: mergeScripts(fields(own['scripts']), fields(template['scripts']), kept) };
  const has = (name: string): boolean => ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].some((section) => name in fields(own[section]));
  for (const section of ['dependencies', 'devDependencies']) {
    const missing = Object.entries(fields(template[section])).filter(([name]) => !has(name));
    if (missing.length > 0) merged[section] = sortedByName({ ...fields(own[section]), ...Object.fromEntries(missing) });
  }
  if (own['jest'] === undefined) merged['jest'] = template['jest'];
  else if (JSON.stringify(own['jest']) !== JSON.stringify(template['jest'])) kept.push(`package.json has settings of its own for jest: it has to transform TypeScript, and find ${(fields(template['jest'])['testMatch'] as string[]).join(', ')}`);
  if (JSON.stringify(merged) === JSON.stringify(own)) return { text, kept };
  const indent = /^[ \t]+/m.exec(text)?.[0] ?? '  ';
  return { text: `${JSON.stringify(merged, null, indent)}\n`, kept };
}

/** What "npm init" writes in place of a test. */
const NO_TEST = 'echo "Error: no test specified" && exit 1';

function mergeScripts(scripts: Fields, template: Fields, kept: string[]): Fields {
  const own = Object.fromEntries(Object.entries(scripts).filter(([, line]) => line !== NO_TEST));
  for (const [name, line] of Object.entries(template)) {
    if (own[name] !== undefined && own[name] !== line) kept.push(`package.json has a script "${name}" of its own: here it would be ${JSON.stringify(line)}`);
  }
  return { ...template, ...own };
}

function parsePackage(text: string): Fields {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new UserError('file-malformed', `package.json cannot be read: ${(error as Error).message.split('\n')[0]!}`, 'mend it, then run this again');
  }
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Fields;
  throw new UserError('file-malformed', 'package.json holds no settings', 'make one with: npm init');
}

function sortedByName(values: Fields): Fields {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
