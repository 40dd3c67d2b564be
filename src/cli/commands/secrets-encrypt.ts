import { examples, type Command, type ExitCode, type Terminal } from '../command';

interface SecretsEncryptOptions {
  readonly output?: string;
  readonly inPlace?: boolean;
}

export const secretsEncrypt: Command = {
  summary: 'encrypt a file as .sops.yaml says, and keep what was readable out of Git',

  configure(command) {
    command
      .argument('<file>', 'a file in plain text; database.yaml becomes database.enc.yaml, and database.enc.yaml is encrypted where it stands')
      .option('--output <file>', 'where to write')
      .option('--in-place', 'write over the file, so that nothing readable stays')
      .addHelpText('after', examples(
        ['a Secret, whose plain text stays here alone', 'fluxwright secrets encrypt k8s/web/database.yaml'],
        ['one that you have just written', 'fluxwright secrets encrypt --in-place k8s/web/database.enc.yaml'],
      ));
  },

  async run(terminal: Terminal, file: unknown, options: unknown): Promise<ExitCode> {
    const { encryptSecret } = require('../encrypt-secret') as typeof import('../encrypt-secret'); // loaded late: --help does without
    const { output, inPlace = false } = options as SecretsEncryptOptions;
    return encryptSecret(terminal, { file: file as string, output, isInPlace: inPlace });
  },
};
