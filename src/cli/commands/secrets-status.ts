import { examples, type Command, type ExitCode, type Terminal } from '../command';

export const secretsStatus: Command = {
  summary: 'list what is encrypted, for whom, and what is not as it should be; needs no key',

  configure(command) {
    command
      .argument('[path]', 'a folder; by default the repository around here')
      .addHelpText('after', examples(['who can read what', 'fluxwright secrets status']));
  },

  async run(terminal: Terminal, path: unknown): Promise<ExitCode> {
    const { listSecrets } = require('../list-secrets') as typeof import('../list-secrets'); // loaded late: --help does without
    return listSecrets(terminal, path as string | undefined);
  },
};
