import { examples, type Command, type ExitCode, type Terminal } from '../command';

interface UpstreamAddOptions {
  readonly name?: string;
  readonly version?: string;
  readonly sha256?: string;
  readonly path?: string;
  readonly file?: string;
  readonly timeout: string;
  readonly dryRun?: boolean;
}

export const upstreamAdd: Command = {
  summary: 'lock a release: fetch it, show its digest, and write both into the lock file',

  configure(command) {
    command
      .argument('<url>', 'where it is published')
      .option('--name <name>', 'what to call it, instead of what the URL tells')
      .option('--version <version>', 'its version, instead of what the URL tells')
      .option('--sha256 <digest>', 'refuse any other contents than these')
      .option('--path <file>', 'keep a copy in the repository')
      .option('--dry-run', 'print what would change, and write nothing')
      .option('--file <path>', 'the lock file')
      .option('--timeout <seconds>', 'how long a download may take', '60')
      .addHelpText('after', examples(
        ['lock a release', 'fluxwright upstream add https://github.com/cert-manager/cert-manager/releases/download/v1.16.1/cert-manager.yaml'],
        ['a file in an archive', 'fluxwright upstream add https://example.com/1.2.0/bundle.tar.gz#operator.yaml --name operator'],
        ['and keep a copy of it', 'fluxwright upstream add https://example.com/operator-1.2.0.yaml --path vendor/operator.yaml'],
      ));
  },

  async run(terminal: Terminal, url: unknown, options: unknown): Promise<ExitCode> {
    const { addUpstream } = require('../add-upstream') as typeof import('../add-upstream'); // loaded late: --help does without
    const { dryRun = false, ...rest } = options as UpstreamAddOptions;
    return addUpstream(terminal, { ...rest, url: url as string, dryRun });
  },
};
