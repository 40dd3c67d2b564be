import { examples, type Command, type ExitCode, type Terminal } from '../command';

interface UpstreamVerifyOptions {
  readonly remote?: boolean;
  readonly file?: string;
  readonly timeout: string;
}

export const upstreamVerify: Command = {
  summary: 'compare every pinned release with its digest, in the repository and in the cache',

  configure(command) {
    command
      .option('--remote', 'also download each one again, and compare what is published')
      .option('--file <path>', 'the lock file')
      .option('--timeout <seconds>', 'how long a download may take', '60')
      .addHelpText('after', examples(
        ['before a merge', 'fluxwright upstream verify'],
        ['every night, for releases that Flux downloads itself', 'fluxwright upstream verify --remote'],
      ));
  },

  async run(terminal: Terminal, options: unknown): Promise<ExitCode> {
    const { verifyUpstream } = require('../verify-upstream') as typeof import('../verify-upstream'); // loaded late: --help does without
    const { remote = false, ...rest } = options as UpstreamVerifyOptions;
    return verifyUpstream(terminal, { ...rest, remote });
  },
};
