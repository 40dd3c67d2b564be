import { examples, type Command, type ExitCode, type Terminal } from '../command';

interface SecretsRotateOptions {
  readonly from?: string;
  readonly to?: string;
  readonly dryRun?: boolean;
}

export const secretsRotate: Command = {
  summary: 'encrypt files anew, for those whom their rules name, or for another key; all of them or none',

  configure(command) {
    command
      .argument('[path]', 'a folder; by default the repository around here')
      .option('--from <key>', 'the key that goes')
      .option('--to <key>', 'the key that takes its place, also in .sops.yaml')
      .option('--dry-run', 'list the files and their keys, and write nothing')
      .addHelpText('after', examples(
        ['move a tree to the key of another account', 'fluxwright secrets rotate --from arn:aws:kms:…:key/old --to arn:aws:kms:…:key/new'],
        ['after .sops.yaml has changed, or somebody has left', 'fluxwright secrets rotate'],
      ));
  },

  async run(terminal: Terminal, path: unknown, options: unknown): Promise<ExitCode> {
    const { rotateSecrets } = require('../rotate-secrets') as typeof import('../rotate-secrets'); // loaded late: --help does without
    const { from, to, dryRun = false } = options as SecretsRotateOptions;
    return rotateSecrets(terminal, { path: path as string | undefined, from, to, isDryRun: dryRun });
  },
};
