import type { Command as CommanderCommand } from 'commander';

/** Exit codes of every command. */
export const ExitCode = {
  ok: 0,
  /** It found something: differences, findings. */
  found: 1,
  /** It could not do it: usage, bad input, something needed is missing. */
  failed: 2,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** What a command may ask of the process around it. */
export interface Terminal {
  /** The folder that the command was called in. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether stdout is read by a person who can see colours. */
  readonly colours: boolean;
  /** How many letters go into a line of stdout, where that is a terminal. */
  readonly columns?: number;
  /** Data, to stdout. */
  print(text: string): void;
  /** Talk, to stderr. */
  say(text: string): void;
  /** A line on stderr that the next one replaces, and '' takes away; none where nobody watches. */
  readonly status?: (text: string) => void;
}

/** One verb of the command line: a file in `commands/`. What it needs to run is loaded only when it is called. */
export interface Command {
  readonly summary: string;
  /** Declares arguments, options and examples. */
  configure(command: CommanderCommand): void;
  /**
   * @param parameters the arguments, then the options, as commander parsed them
   * @throws UserError, which is printed without a stack and ends with exit code 2
   */
  run(terminal: Terminal, ...parameters: unknown[]): Promise<ExitCode>;
}

/** Examples at the end of a command's help: what it does, and the line to type. */
export function examples(...lines: readonly (readonly [what: string, line: string])[]): string {
  return `\nExamples:\n${lines.map(([what, line]) => `  # ${what}\n  ${line}`).join('\n')}`;
}
