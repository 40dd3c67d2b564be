import { examples, type Command, type ExitCode, type Terminal } from '../command';

interface SecretsMergeOptions {
  readonly values?: string;
  readonly output?: string;
}

export const secretsMerge: Command = {
  summary: 'make one encrypted Secret of a Secret without values and encrypted files with one value each',

  configure(command) {
    command
      .argument('<stub>', 'a file with a Secret that has no values yet')
      .option('--values <folder>', 'the folder of the files, NAME.enc for each key; by default .sops beside the stub')
      .option('--output <file>', 'where to write; by default secret.enc.yaml beside the stub')
      .addHelpText('after', examples(['.sops/DATABASE_URL.enc and its like', 'fluxwright secrets merge hydra/overlays/prod/secret-stub.yaml']));
  },

  async run(terminal: Terminal, stub: unknown, options: unknown): Promise<ExitCode> {
    const { mergeSecrets } = require('../merge-secrets') as typeof import('../merge-secrets'); // loaded late: --help does without
    const { values, output } = options as SecretsMergeOptions;
    return mergeSecrets(terminal, { stub: stub as string, values, output });
  },
};
