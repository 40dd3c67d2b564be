import { UserError } from '../../errors';
import { examples, type Command, type ExitCode, type Terminal } from '../command';

export const stageDiff: Command = {
  summary: 'show how two stages differ, by service and field',

  configure(command) {
    command
      .argument('<one>', 'a stage: a folder of overlays, or the name of a cluster or of such folders')
      .argument('<other>', 'the stage to compare it with')
      .argument('[services...]', 'the services to compare (default: all)')
      .option('--format <format>', 'text, json or markdown', 'text')
      .addHelpText('after', examples(
        ['how production differs from staging', 'fluxwright stage diff staging production'],
        ['one service, between two folders', 'fluxwright stage diff apps/overlays/staging apps/overlays/production podinfo'],
        ['for a comment on a pull request', 'fluxwright stage diff staging production --format markdown'],
      ));
  },

  async run(terminal: Terminal, one: unknown, other: unknown, services: unknown, options: unknown): Promise<ExitCode> {
    const { stageFormats } = require('../../stages/output/formats') as typeof import('../../stages/output/formats'); // loaded late: --help does without
    const { diffStages } = require('../diff-stages') as typeof import('../diff-stages');
    const { format } = options as { readonly format: string };
    if (!Object.hasOwn(stageFormats, format)) throw new UserError('usage', `there is no format ${JSON.stringify(format)}`, `take one of ${Object.keys(stageFormats).join(', ')}`);
    return diffStages(terminal, { one: one as string, other: other as string, services: services as string[], format: stageFormats[format]! });
  },
};
