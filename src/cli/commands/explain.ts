import { UserError } from '../../errors';
import { examples, ExitCode, type Command, type Terminal } from '../command';

export const explain: Command = {
  summary: 'say what a rule of fluxwright check looks for, why, and what to do; without one, list all',

  configure(command) {
    command
      .argument('[rule]', 'the id that a finding ends with')
      .addHelpText('after', examples(
        ['every rule, in short', 'fluxwright explain'],
        ['one of them, with an example', 'fluxwright explain depends-on-missing'],
      ));
  },

  async run(terminal: Terminal, id: unknown): Promise<ExitCode> {
    const { createColors } = require('picocolors') as typeof import('picocolors'); // loaded late: --help does without
    const { ruleGroups, rules } = require('../../checks/index') as typeof import('../../checks/index');
    const paint = createColors(terminal.colours);
    if (typeof id !== 'string') {
      const { ruleList } = require('../rule-list') as typeof import('../rule-list');
      terminal.print(ruleList(ruleGroups, terminal.columns ?? USUAL_WIDTH, paint));
      return ExitCode.ok;
    }
    const rule = rules.find((one) => one.id === id);
    if (rule === undefined) throw unknownRule(id, rules.map((one) => one.id));
    terminal.print([
      `${paint.bold(rule.id)} (${rule.severity})`, rule.why, rule.example.replace(/^(?=.)/gm, '  '), `fix: ${rule.fix}`,
      ...(rule.needs === undefined ? [] : [NEEDS[rule.needs]]),
      `to live with it, annotate the object: fluxwright.dev/ignore: ${rule.id} - reason`, rule.link,
    ].join('\n\n'));
    return ExitCode.ok;
  },
};

/** Of a file, or of what another program reads. */
const USUAL_WIDTH = 100;

const NEEDS = {
  render: 'It looks at what kustomize and Flux make of the files, and needs kustomize 5.',
  base: 'It compares with the commit that the change began at (--base).',
} as const;

/** A rule that does not exist, with the one that may be meant. */
export function unknownRule(id: string, known: readonly string[]): UserError {
  const { nearestTo } = require('../../nearest') as typeof import('../../nearest');
  const nearest = nearestTo(id, known);
  return new UserError('usage', `there is no rule ${JSON.stringify(id)}`, nearest === undefined ? 'take one that "fluxwright explain" lists' : `write ${nearest}`);
}
