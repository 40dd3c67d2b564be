import { spawnSync } from 'node:child_process';

export interface Cost {
  /** User and system time of the program and all that it starts, in seconds, as the shell counts it. */
  readonly cpu: number;
  readonly wall: number;
}

export interface Run {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What it may end with. */
  readonly statuses?: readonly number[];
}

/** What a program costs, in a process of its own. */
export function costOf(command: string, parameters: readonly string[], { cwd, env, statuses = [0] }: Run = {}): Cost {
  const { status, stderr } = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S %R"; time "$0" "$@" >/dev/null', command, ...parameters], { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status === null || !statuses.includes(status)) throw new Error(`${command} ${parameters.join(' ')} failed: ${stderr.slice(-4000)}`);
  const [user, system, wall] = stderr.trimEnd().split('\n').at(-1)!.split(' ').map(Number);
  return { cpu: user! + system!, wall: wall! };
}

/** The least of several runs: what disturbs one only adds to it. */
export function least(measure: () => Cost, runs = 3): Cost {
  const costs = Array.from({ length: runs }, measure);
  return { cpu: Math.min(...costs.map(({ cpu }) => cpu)), wall: Math.min(...costs.map(({ wall }) => wall)) };
}

/** A ratio, and what it should be. */
export function times(cost: number, beside: number, expected: string): string {
  return `${(cost / beside).toFixed(2)} times (expected: ${expected})`;
}
