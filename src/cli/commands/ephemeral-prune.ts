import { examples, type Command, type ExitCode, type Terminal } from '../command';

interface EphemeralPruneOptions {
  readonly file?: string;
  readonly remote: string;
  readonly expired?: boolean;
  readonly finish?: boolean;
  readonly dryRun?: boolean;
}

export const ephemeralPrune: Command = {
  summary: 'take down the ephemeral environments whose branch is gone',

  configure(command) {
    command
      .option('--expired', 'also those whose time to live is over')
      .option('--finish', 'also the rest of those whose database went before: only when it is gone from the cluster')
      .option('--file <path>', 'the file that lists the environments')
      .option('--remote <name|url>', 'where branches are looked for', 'origin')
      .option('--dry-run', 'print what would change, and write nothing')
      .addHelpText('after', examples(['what a nightly job may run', 'fluxwright ephemeral prune --expired']));
  },

  async run(terminal: Terminal, options: unknown): Promise<ExitCode> {
    const { pruneEnvironments } = require('../remove-environments') as typeof import('../remove-environments'); // loaded late: --help does without
    const { expired = false, finish = false, dryRun = false, file, remote } = options as EphemeralPruneOptions;
    return pruneEnvironments(terminal, { file, remote, expired, finish, dryRun });
  },
};
