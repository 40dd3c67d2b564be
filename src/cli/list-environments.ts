import { UserError } from '../errors';
import { spanOf, timeLeft } from '../environments/time-to-live';
import { visible } from '../visible';
import { ExitCode, type Terminal } from './command';
import { findInstance } from './environment-instances';
import { openEnvironments, remoteBranches, type OpenedEnvironments } from './open-environments';

export interface ListEnvironments {
  readonly file?: string;
  readonly remote: string;
  readonly offline: boolean;
  readonly format: string;
}

interface Listed {
  readonly branch: string;
  readonly namespace: string;
  readonly state: 'running' | 'not synthesized' | 'removing';
  readonly created: string | null;
  readonly ttl: string | null;
  /** In milliseconds. */
  readonly age: number | null;
  readonly left: number | null;
  /** Whether the remote has the branch; null where that is not known. */
  readonly isInRemote: boolean | null;
  readonly database: string;
  readonly pin: string;
}

/** Shows what the file lists, how old it is, and whether its branches are there. */
export function listEnvironments(terminal: Terminal, { file, remote, offline, format }: ListEnvironments): ExitCode {
  if (format !== 'text' && format !== 'json') throw new UserError('usage', `--format ${format} is unknown`, 'write text or json');
  const opened = openEnvironments(terminal, file);
  const there = offline || opened.file.environments.length === 0 ? undefined : askRemote(terminal, opened, remote);
  const now = Date.now();
  const listed = opened.file.environments.map((one): Listed => {
    const ttl = one.ttl ?? opened.file.ttl;
    return {
      branch: one.branch, namespace: one.namespace, database: one.database, pin: one.pin,
      state: one.removing ? 'removing' : findInstance(opened.repository, one) === undefined ? 'not synthesized' : 'running',
      created: one.created ?? null, ttl: ttl ?? null,
      age: one.created === undefined ? null : now - Date.parse(one.created),
      left: timeLeft({ ...one, ttl }, now) ?? null,
      isInRemote: there?.has(one.branch) ?? null,
    };
  });
  if (format === 'json') terminal.print(JSON.stringify({ most: opened.file.most, environments: listed }, null, 2));
  else if (listed.length > 0) terminal.print(table(listed, remote));
  terminal.say(`${listed.length} of at most ${opened.file.most} environments, in ${opened.path}`);
  return ExitCode.ok;
}

function askRemote(terminal: Terminal, opened: OpenedEnvironments, remote: string): ReadonlySet<string> | undefined {
  try {
    return remoteBranches(opened, remote);
  } catch (error) {
    if (!UserError.is(error)) throw error;
    terminal.say(`whether the branches are there is not known: ${error.problem}`);
    return undefined;
  }
}

function table(listed: readonly Listed[], remote: string): string {
  const rows = listed.map(({ branch, namespace, state, age, left, isInRemote }) => [
    visible(branch), namespace, state,
    age === null ? 'age unknown' : `${spanOf(age)} old`,
    left === null ? 'no end' : left > 0 ? `${spanOf(left)} left` : `over for ${spanOf(left)}`,
    isInRemote === null ? '' : isInRemote ? `in ${remote}` : `gone from ${remote}`,
  ]);
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd()).join('\n');
}
