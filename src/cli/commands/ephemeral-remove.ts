import { examples, type Command, type ExitCode, type Terminal } from '../command';

interface EphemeralRemoveOptions {
  readonly file?: string;
  readonly atOnce?: boolean;
  readonly dryRun?: boolean;
}

export const ephemeralRemove: Command = {
  summary: 'take an ephemeral environment down: first its application and database, then, called again, the rest',

  configure(command) {
    command
      .argument('<branch>', 'the branch whose environment goes')
      .option('--at-once', 'take all of it out in one step, in no order')
      .option('--file <path>', 'the file that lists the environments')
      .option('--dry-run', 'print what would change, and write nothing')
      .addHelpText('after', examples(['the first step, and later the second', 'fluxwright ephemeral remove dev-test']));
  },

  async run(terminal: Terminal, branch: unknown, options: unknown): Promise<ExitCode> {
    const { removeEnvironment } = require('../remove-environments') as typeof import('../remove-environments'); // loaded late: --help does without
    const { atOnce = false, dryRun = false, file } = options as EphemeralRemoveOptions;
    return removeEnvironment(terminal, { branch: branch as string, file, atOnce, dryRun });
  },
};
