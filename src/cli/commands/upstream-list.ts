import { examples, type Command, type ExitCode, type Terminal } from '../command';

interface UpstreamListOptions {
  readonly file?: string;
  readonly format: string;
}

export const upstreamList: Command = {
  summary: 'show the releases that the repository stands on: which version, who pins it, where it is used',

  configure(command) {
    command
      .option('--file <path>', 'the lock file')
      .option('--format <format>', 'text or json', 'text')
      .addHelpText('after', examples(['what there is', 'fluxwright upstream list'], ['the versions, for CI', 'fluxwright upstream list --format json']));
  },

  async run(terminal: Terminal, options: unknown): Promise<ExitCode> {
    const { listUpstream } = require('../list-upstream') as typeof import('../list-upstream'); // loaded late: --help does without
    return listUpstream(terminal, options as UpstreamListOptions);
  },
};
