import { examples, type Command, type ExitCode, type Terminal } from '../command';

interface UpstreamVendorOptions {
  readonly path?: string;
  readonly file?: string;
  readonly timeout: string;
  readonly dryRun?: boolean;
}

export const upstreamVendor: Command = {
  summary: 'bring releases to where they are kept, byte for byte: into the repository, or into the cache',

  configure(command) {
    command
      .argument('[names...]', 'the releases, as the lock file calls them; all if none is named')
      .option('--path <file>', 'keep a copy of the release in the repository from now on')
      .option('--dry-run', 'print what would change, and write nothing')
      .option('--file <path>', 'the lock file')
      .option('--timeout <seconds>', 'how long a download may take', '60')
      .addHelpText('after', examples(
        ['all of them, as in CI', 'fluxwright upstream vendor'],
        ['keep a copy in the repository', 'fluxwright upstream vendor cert-manager --path vendor/cert-manager.yaml'],
      ));
  },

  async run(terminal: Terminal, names: unknown, options: unknown): Promise<ExitCode> {
    const { vendorUpstream } = require('../vendor-upstream') as typeof import('../vendor-upstream'); // loaded late: --help does without
    const { dryRun = false, ...rest } = options as UpstreamVendorOptions;
    return vendorUpstream(terminal, { ...rest, names: names as readonly string[], dryRun });
  },
};
