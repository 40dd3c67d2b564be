import { UserError } from '../../errors';
import { examples, ExitCode, type Command, type Terminal } from '../command';

interface SynthOptions {
  /** True for `--check`, false for `--no-check`: two things of one name, both what people look for. */
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
      .option('--no-check', 'do not look for what would go wrong in the cluster: for emergencies')
      .option('--adopt <path...>', 'take over a file, or all files of a folder, that somebody else wrote where the tree wants one')
      .option('--force', 'overwrite hand edits that are nowhere in Git')
      .option('--reset-pins', 'take the image tags that stand in code instead of the committed ones')
      .option('--pin <key=value...>', 'settle a pin that has several committed values, by policy, such as flux-system:server=prod-5, or by file, such as k8s/web/pod.yaml=prod-5')
      .addHelpText('after', examples(
        ['write the tree', 'fluxwright synth'],
        ['in CI: fail when somebody forgot to', 'fluxwright synth --check'],
        ['take over a sync file that flux bootstrap wrote', 'fluxwright synth --adopt k8s/flux-system/gotk-sync.yaml'],
      ));
  },

  async run(terminal: Terminal, options: unknown): Promise<ExitCode> {
    const { pin, check, ...rest } = options as SynthOptions;
    const settings = { ...rest, check: check === true, checks: check !== false, ...(pin === undefined ? {} : { pin: parsePins(pin) }), from: terminal.directory };
    const { findProject, runApp } = require('../project') as typeof import('../project'); // loaded late: --help does without
    const project = findProject(terminal.directory);
    const { CDK8S_OUTDIR: _, ...environment } = terminal.environment;
    const code = await runApp(project, { ...environment, FLUXWRIGHT_SYNTH: JSON.stringify(settings) }, terminal);
    if (code === 0) return ExitCode.ok;
    return code === APP_FOUND_DIFFERENCES ? ExitCode.found : ExitCode.failed;
  },
};

function parsePins(texts: readonly string[]): Record<string, string> {
  const pins = new Map<string, string>();
  for (const text of texts) {
    const [key, value] = parsePin(text);
    const before = pins.get(key);
    if (before !== undefined && before !== value) throw new UserError('usage', `--pin ${key} is given ${before} and ${value}`, 'say one of them');
    pins.set(key, value);
  }
  return Object.fromEntries(pins);
}

/** By policy, which has a colon and no slash, or by file. No tag or digest has an equals sign, but a path may. */
function parsePin(text: string): [key: string, value: string] {
  const [, key, value] = /^(.+)=([^=]+)$/.exec(text) ?? [];
  const isPolicyLike = key !== undefined && key.includes(':') && !key.includes('/');
  if (key === undefined || value === undefined || (isPolicyLike && !/^[^:]+:[^:]+$/.test(key))) {
    throw new UserError('usage', `--pin ${text} is no "namespace:policy=value" or "file=value"`, 'write it like --pin flux-system:server=prod-5 or --pin k8s/web/pod.yaml=prod-5');
  }
  return [key, value];
}
