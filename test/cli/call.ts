import { Command as Program, CommanderError } from 'commander';
import type { Command, Terminal } from '../../src/cli/command';
import { UserError } from '../../src/errors';

export interface Called {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls a command as the command line does, in this process. */
export async function call(command: Command, parameters: readonly string[], directory: string, environment: Terminal['environment'] = {}): Promise<Called> {
  let [stdout, stderr, status] = ['', '', 0];
  const terminal: Terminal = { directory, environment, colours: false, print: (text) => void (stdout += `${text}\n`), say: (text) => void (stderr += `${text}\n`) };
  const program = new Program('fluxwright').exitOverride().configureOutput({ writeErr: (text) => void (stderr += text) });
  command.configure(program);
  program.action(async (...parsed: unknown[]) => {
    status = await command.run(terminal, ...parsed);
  });
  try {
    await program.parseAsync(parameters, { from: 'user' });
  } catch (error) {
    if (!UserError.is(error) && !(error instanceof CommanderError)) throw error;
    if (UserError.is(error)) stderr += `${error.message}\n`;
    status = 2;
  }
  return { status, stdout, stderr };
}
