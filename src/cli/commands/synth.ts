import { UserError } from '../../errors';
import { examples, ExitCode, type Command, type Terminal } from '../command';

interface SynthOptions {
  readonly check?: boolean;
  readonly adopt?: readonly string[];
  readonly force?: boolean;
  readonly resetPins?: boolean;
  readonly pin?: readonly string[];
}

/** What the app exits with where `--check` found differences: apart from 1, with which Node ends an app that crashed. */
const APP_FOUND_DIFFERENCES = 10;

export const synth: Command = {
  summary: 'write the tree that the constructs describe',

  configure(command) {
    command
      .option('--check', 'write nothing; exit 1 and show the difference when the tree is not what synth would write')
      .option('--adopt <path...>', 'take over a file, or all files of a folder, that somebody else wrote where the tree wants one')
      .option('--force', 'overwrite hand edits that are nowhere in Git')
      .option('--reset-pins', 'take the image tags that stand in code instead of the committed ones')
      .option('--pin <policy=value...>', 'settle a pin that has several committed values, such as flux-system:server=prod-5')
      .addHelpText('after', examples(
        ['write the tree', 'fluxwright synth'],
        ['in CI: fail when somebody forgot to', 'fluxwright synth --check'],
        ['take over a sync file that flux bootstrap wrote', 'fluxwright synth --adopt k8s/flux-system/gotk-sync.yaml'],
      ));
  },

  async run(terminal: Terminal, options: unknown): Promise<ExitCode> {
    const { pin, ...rest } = options as SynthOptions;
    const settings = { ...rest, pin: Object.fromEntries((pin ?? []).map(parsePin)) };
    const { findProject, runApp } = require('../project') as typeof import('../project'); // loaded late: --help does without
    const project = findProject(terminal.directory);
    const { CDK8S_OUTDIR: _, ...environment } = terminal.environment;
    const code = await runApp(project, { ...environment, FLUXWRIGHT_SYNTH: JSON.stringify(settings) }, terminal);
    if (code === 0) return ExitCode.ok;
    return code === APP_FOUND_DIFFERENCES ? ExitCode.found : ExitCode.failed;
  },
};

function parsePin(text: string): [policy: string, value: string] {
  const match = /^([^=:]+:[^=:]+)=(.+)$/.exec(text);
  if (match === null) throw new UserError('usage', `--pin ${text} is no "namespace:policy=value"`, 'write it like --pin flux-system:server=prod-5');
  return [match[1]!, match[2]!];
}
