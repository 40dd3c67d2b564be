import { examples, type Command, type ExitCode, type Terminal } from '../command';

export const stagePromote: Command = {
  summary: 'bring patches and versions from a stage to the next one',

  configure(command) {
    command
      .argument('<from>', 'the stage to promote from: a folder of overlays, or the name of a cluster or of such folders')
      .argument('<to>', 'the stage to promote to')
      .argument('[services...]', 'the services to promote (default: all that both stages have)')
      .option('--pins', "nothing but the values that Flux's image automation sets, which a generated file has as well")
      .option('--whole', 'copy patches as they are, also where that replaces more than versions of the next stage')
      .option('--dry-run', 'print what would change in files and renders, and write nothing')
      .addHelpText('after', examples(
        ['bring all of staging to production', 'fluxwright stage promote staging production'],
        ['see first what that does', 'fluxwright stage promote staging production --dry-run'],
        ['bring one service there, between two folders', 'fluxwright stage promote apps/overlays/staging apps/overlays/production podinfo'],
      ));
  },

  async run(terminal: Terminal, from: unknown, to: unknown, services: unknown, options: unknown): Promise<ExitCode> {
    const { promoteStage } = require('../promote-stage') as typeof import('../promote-stage'); // loaded late: --help does without
    const { pins = false, whole = false, dryRun = false } = options as { readonly pins?: boolean; readonly whole?: boolean; readonly dryRun?: boolean };
    return promoteStage(terminal, { from: from as string, to: to as string, services: services as string[], pinsAlone: pins, isWhole: whole, isDryRun: dryRun });
  },
};
