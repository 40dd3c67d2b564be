import { examples, type Command, type ExitCode, type Terminal } from '../command';

interface DbBackupOptions {
  readonly name?: string;
  readonly method?: string;
  readonly cluster?: string;
  readonly output?: string;
  readonly dryRun?: boolean;
}

export const dbBackup: Command = {
  summary: 'make the manifest of one backup of a Postgres cluster, now',

  configure(command) {
    command
      .argument('<database>', 'a Cluster of CloudNativePG that Flux applies, as name or namespace/name')
      .option('--name <name>', 'the name of the Backup (default: that of the cluster, and the time)')
      .option('--method <method>', 'barmanObjectStore, plugin or volumeSnapshot (default: what the cluster is set up for)')
      .option('--cluster <path>', 'the cluster of Flux that it runs in, named by the path of its entry point')
      .option('--output <file>', 'write it into a file that Flux does not sync')
      .option('--dry-run', 'with --output: print what would change, and write nothing')
      .addHelpText('after', examples(
        ['take a backup before an upgrade', 'fluxwright db backup server/cpho-postgres14-cluster | kubectl create -f -'],
        ['keep the manifest', 'fluxwright db backup pg --name before-upgrade --output restore/before-upgrade.yaml'],
      ));
  },

  async run(terminal: Terminal, database: unknown, options: unknown): Promise<ExitCode> {
    const { writeBackup } = require('../write-recovery') as typeof import('../write-recovery'); // loaded late: --help does without
    const { dryRun = false, ...rest } = options as DbBackupOptions;
    return writeBackup(terminal, { ...rest, database: database as string, dryRun });
  },
};
