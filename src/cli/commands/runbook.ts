import { UserError } from '../../errors';
import { examples, type Command, type ExitCode, type Terminal } from '../command';

interface RunbookOptions {
  readonly output?: string;
  readonly check?: boolean;
}

export const runbook: Command = {
  summary: 'write what a person has to know to run this platform, from its manifests',

  configure(command) {
    command
      .option('--output <file>', 'write it into a file of the repository')
      .option('--check', 'with --output: write nothing, and end with 1 if the file is not what would be written')
      .addHelpText('after', examples(
        ['a README for those who run it', 'fluxwright runbook --output RUNBOOK.md'],
        ['in CI, so that it cannot rot', 'fluxwright runbook --output RUNBOOK.md --check'],
      ));
  },

  async run(terminal: Terminal, options: unknown): Promise<ExitCode> {
    const { writeRunbook } = require('../write-runbook') as typeof import('../write-runbook'); // loaded late: --help does without
    const { output, check = false } = options as RunbookOptions;
    if (check && output === undefined) throw new UserError('usage', '--check does not say which file', 'name it: --output RUNBOOK.md');
    return writeRunbook(terminal, output, check);
  },
};
