import { UserError } from '../../errors';
import { examples, ExitCode, type Command, type Terminal } from '../command';

interface HistoryOptions {
  readonly at?: string;
  readonly branch?: string;
  readonly image?: string;
  readonly since?: string;
  readonly until?: string;
  readonly format: string;
}

export const history: Command = {
  summary: 'tell which versions a stage had when, since when, and who changed them, from Git alone',

  configure(command) {
    command
      .argument('[stage]', 'a branch, a cluster, a folder, a file, a Flux Kustomization, or an object such as a Deployment (default: the whole tree on HEAD)')
      .option('--at <time>', 'what was there at a time, such as "2026-03-01 14:30" or "3 days ago"')
      .option('--branch <ref>', 'the branch that is asked about (default: the one that is called like the stage, else HEAD)')
      .option('--image <name>', 'only this image, by its name or the last steps of it; charts and sources likewise')
      .option('--since <time>', 'only what arrived then or later')
      .option('--until <time>', 'only what arrived until then')
      .option('--format <format>', 'text, json or markdown', 'text')
      .addHelpText('after', examples(
        ['what changed in production, and who did it', 'fluxwright history prod'],
        ['which versions production had when something broke', 'fluxwright history prod --at "2026-03-01 14:30"'],
        ['when an image changed', 'fluxwright history clusters/prod --image web --since "2 weeks ago"'],
        ['which versions a service had', 'fluxwright history web'],
      ));
  },

  async run(terminal: Terminal, stage: unknown, parameters: unknown): Promise<ExitCode> {
    const options = parameters as HistoryOptions;
    const { formats } = require('../../history/output/formats') as typeof import('../../history/output/formats'); // loaded late: --help does without
    const { readReport } = require('../read-history-report') as typeof import('../read-history-report');
    const format = formats[options.format];
    if (format === undefined) throw new UserError('usage', `there is no format ${JSON.stringify(options.format)}`, `take one of ${Object.keys(formats).join(', ')}`);
    if (options.at !== undefined && (options.since ?? options.until) !== undefined) throw new UserError('usage', '--at asks for one time, --since and --until for what happened between two', 'take --at, or the others');
    const report = readReport(terminal, { ...options, stage: stage as string | undefined });
    terminal.print(format(report));
    for (const note of report.notes) terminal.say(`note: ${note}`);
    return ExitCode.ok;
  },
};
