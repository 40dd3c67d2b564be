import { examples, type Command, type ExitCode, type Terminal } from '../command';

interface EphemeralListOptions {
  readonly file?: string;
  readonly remote: string;
  readonly offline?: boolean;
  readonly format: string;
}

export const ephemeralList: Command = {
  summary: 'show the ephemeral environments: how old they are, how long they may live, whether their branches are there',

  configure(command) {
    command
      .option('--file <path>', 'the file that lists the environments')
      .option('--remote <name|url>', 'where branches are looked for', 'origin')
      .option('--offline', 'do not ask the remote')
      .option('--format <format>', 'text or json', 'text')
      .addHelpText('after', examples(['what there is', 'fluxwright ephemeral list'], ['the namespaces, for CI', 'fluxwright ephemeral list --offline --format json']));
  },

  async run(terminal: Terminal, options: unknown): Promise<ExitCode> {
    const { listEnvironments } = require('../list-environments') as typeof import('../list-environments'); // loaded late: --help does without
    const { offline = false, ...rest } = options as EphemeralListOptions;
    return listEnvironments(terminal, { ...rest, offline });
  },
};
