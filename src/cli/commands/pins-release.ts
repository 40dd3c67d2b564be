import { examples, type Command, type ExitCode, type Terminal } from '../command';

interface PinsReleaseOptions {
  readonly all?: boolean;
  readonly dryRun?: boolean;
}

export const pinsRelease: Command = {
  summary: "let Flux's image automation go on from a value that was held",

  configure(command) {
    command
      .argument('[file|policy]', 'the pins of a file, of a policy (namespace:name), or of both: FILE#POLICY')
      .option('--all', 'every pin of the repository')
      .option('--dry-run', 'print what would change, and write nothing')
      .addHelpText('after', examples(['end a hold', 'fluxwright pins release k8s/prod/server.yaml']));
  },

  async run(terminal: Terminal, target: unknown, options: unknown): Promise<ExitCode> {
    const { turnPinsOf } = require('../turn-pins') as typeof import('../turn-pins'); // loaded late: --help does without
    const { all = false, dryRun = false } = options as PinsReleaseOptions;
    return turnPinsOf(terminal, { target: target as string | undefined, all, to: 'release' }, dryRun);
  },
};
