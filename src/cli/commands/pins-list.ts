import { UserError } from '../../errors';
import { examples, ExitCode, type Command, type Terminal } from '../command';

interface PinsListOptions {
  readonly history: boolean;
  readonly format: string;
}

export const pinsList: Command = {
  summary: "show the values that Flux's image automation sets: where, by whom, and what their policies select",

  configure(command) {
    command
      .argument('[file|policy]', 'only those of a file, of a policy, or of both: FILE#POLICY')
      .option('--no-history', 'do not ask Git who set them')
      .option('--format <format>', 'text or json', 'text')
      .addHelpText('after', examples(
        ['all pins of the repository', 'fluxwright pins list'],
        ['those of one policy, for a program', 'fluxwright pins list flux-system:server --format json'],
      ));
  },

  async run(terminal: Terminal, target: unknown, options: unknown): Promise<ExitCode> {
    const { history, format } = options as PinsListOptions;
    if (format !== 'text' && format !== 'json') throw new UserError('usage', `--format ${format} is unknown`, 'write text or json');
    const { readPins } = require('../read-pins') as typeof import('../read-pins'); // loaded late: --help does without
    const { formatPins } = require('../../pins/output/text') as typeof import('../../pins/output/text');
    const { formatPinsJson } = require('../../pins/output/json') as typeof import('../../pins/output/json');
    const { showTime } = require('../local-time') as typeof import('../local-time');
    const { pins, unreadable } = readPins(terminal, { target: target as string | undefined, history });
    for (const [path, why] of unreadable) terminal.say(`${path} is left out: ${why}`);
    if (format === 'json') terminal.print(formatPinsJson(pins));
    else if (pins.length > 0) terminal.print(formatPins(pins, showTime));
    else terminal.say("no value is marked for Flux's image automation");
    return ExitCode.ok;
  },
};
