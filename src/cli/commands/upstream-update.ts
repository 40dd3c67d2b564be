import { examples, type Command, type ExitCode, type Terminal } from '../command';

interface UpstreamUpdateOptions {
  readonly url?: string;
  readonly sha256?: string;
  readonly file?: string;
  readonly timeout: string;
  readonly format: string;
  readonly acceptBreaking?: boolean;
  readonly dryRun?: boolean;
}

export const upstreamUpdate: Command = {
  summary: 'take another version of a release, once it is known what it breaks here',

  configure(command) {
    command
      .argument('<name>', 'the release, as the lock file calls it; flux for Flux itself')
      .argument('<version>', 'the version, as upstream calls it')
      .option('--sha256 <digest>', 'refuse any other contents than these')
      .option('--url <url>', 'where it is published, if not where the locked version is')
      .option('--accept-breaking', 'write it although something here would break, or nothing can be compared')
      .option('--dry-run', 'print what would change, and write nothing')
      .option('--file <path>', 'the lock file')
      .option('--timeout <seconds>', 'how long a download may take', '60')
      .option('--format <format>', 'text or json', 'text')
      .addHelpText('after', examples(
        ['what the next release would change', 'fluxwright upstream update cert-manager v1.17.0 --dry-run'],
        ['take it, with the digest that upstream publishes', 'fluxwright upstream update cert-manager v1.17.0 --sha256 7ba2…'],
        ['Flux itself, with the components that the cluster has', 'fluxwright upstream update flux v2.7.0'],
      ));
  },

  async run(terminal: Terminal, name: unknown, version: unknown, options: unknown): Promise<ExitCode> {
    const { updateUpstream } = require('../update-upstream') as typeof import('../update-upstream'); // loaded late: --help does without
    const { acceptBreaking = false, dryRun = false, ...rest } = options as UpstreamUpdateOptions;
    return updateUpstream(terminal, { ...rest, name: name as string, version: version as string, acceptBreaking, dryRun });
  },
};
