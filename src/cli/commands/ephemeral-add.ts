import { UserError } from '../../errors';
import { examples, type Command, type ExitCode, type Terminal } from '../command';

interface EphemeralAddOptions {
  readonly fromBackup?: boolean;
  readonly empty?: boolean;
  readonly ttl?: string;
  readonly namespace?: string;
  readonly pin?: string;
  readonly patch?: boolean;
  readonly file?: string;
  readonly remote: string;
  readonly dryRun?: boolean;
}

export const ephemeralAdd: Command = {
  summary: 'list an ephemeral environment for a branch',

  configure(command) {
    command
      .argument('<branch>', 'the branch that it runs')
      .option('--from-backup', "its database begins as a copy of the last backup (default)")
      .option('--empty', 'its database begins empty')
      .option('--ttl <time>', 'how long it is meant to live: 36h, 14d, 2w')
      .option('--namespace <name>', "the namespace, instead of one made of the branch's name")
      .option('--pin <where>', "instance: its image is pinned in its own file (default); branch: markers in the branch, which get a commit there")
      .option('--patch', 'with --pin branch: print a patch for the branch, and commit nothing')
      .option('--file <path>', 'the file that lists the environments')
      .option('--remote <name|url>', 'where branches are looked for', 'origin')
      .option('--dry-run', 'print what would change, and write nothing')
      .addHelpText('after', examples(
        ['an environment for two weeks', 'fluxwright ephemeral add feature/search --ttl 14d'],
        ["the branch's own manifests follow the branch's own images", 'fluxwright ephemeral add dev-test --pin branch'],
      ));
  },

  async run(terminal: Terminal, branch: unknown, options: unknown): Promise<ExitCode> {
    const { addEnvironment } = require('../add-environment') as typeof import('../add-environment'); // loaded late: --help does without
    const { fromBackup, empty, pin, patch = false, dryRun = false, ...rest } = options as EphemeralAddOptions;
    if (fromBackup && empty) throw new UserError('usage', '--from-backup and --empty are given', 'say one of them');
    if (pin !== undefined && pin !== 'instance' && pin !== 'branch') throw new UserError('usage', `--pin ${pin} is unknown`, 'write instance or branch');
    return addEnvironment(terminal, { ...rest, branch: branch as string, database: empty ? 'empty' : fromBackup ? 'backup' : undefined, pin, patch, dryRun });
  },
};
