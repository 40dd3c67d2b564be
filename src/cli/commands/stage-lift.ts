import { examples, type Command, type ExitCode, type Terminal } from '../command';

export const stageLift: Command = {
  summary: 'put into the base what all overlays share, where no render changes by that',

  configure(command) {
    command
      .argument('<overlays...>', 'overlays, or the folder that they lie in')
      .option('--dry-run', 'print what would change in files, and write nothing')
      .addHelpText('after', examples(
        ['fold what all stages have by now into their bases', 'fluxwright stage lift apps/overlays'],
        ['see first what that changes', 'fluxwright stage lift apps/overlays/staging apps/overlays/production --dry-run'],
      ));
  },

  async run(terminal: Terminal, overlays: unknown, options: unknown): Promise<ExitCode> {
    const { liftOverlays } = require('../lift-overlays') as typeof import('../lift-overlays'); // loaded late: --help does without
    return liftOverlays(terminal, { overlays: overlays as string[], isDryRun: (options as { dryRun?: boolean }).dryRun === true });
  },
};
