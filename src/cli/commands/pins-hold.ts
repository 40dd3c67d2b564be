import { examples, type Command, type ExitCode, type Terminal } from '../command';

interface PinsHoldOptions {
  readonly value?: string;
  readonly all?: boolean;
  readonly dryRun?: boolean;
}

export const pinsHold: Command = {
  summary: "keep Flux's image automation from changing a value, such as after a rollback",

  configure(command) {
    command
      .argument('[file|policy]', 'the pins of a file, of a policy (namespace:name), or of both: FILE#POLICY')
      .option('--value <tag>', 'the tag to hold; with its digest where that is pinned, too: TAG@sha256:…')
      .option('--all', 'every pin of the repository')
      .option('--dry-run', 'print what would change, and write nothing')
      .addHelpText('after', examples(
        ['roll production back, and have it stay there', 'fluxwright pins hold k8s/prod/server.yaml --value prod-1a2b3c4-1740413607'],
        ['see what it would do to all pins of a policy', 'fluxwright pins hold flux-system:server --dry-run'],
      ));
  },

  async run(terminal: Terminal, target: unknown, options: unknown): Promise<ExitCode> {
    const { turnPinsOf } = require('../turn-pins') as typeof import('../turn-pins'); // loaded late: --help does without
    const { value, all = false, dryRun = false } = options as PinsHoldOptions;
    return turnPinsOf(terminal, { target: target as string | undefined, all, to: 'hold', value }, dryRun);
  },
};
