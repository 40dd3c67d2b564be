import { UserError } from '../../errors';
import { nearestTo } from '../../nearest';
import { examples, type Command, type ExitCode, type Terminal } from '../command';

interface DbRestoreOptions {
  readonly from?: string;
  readonly backup?: string;
  readonly to?: string;
  readonly name?: string;
  readonly inPlace?: boolean;
  readonly archiveAs?: string;
  readonly cluster?: string;
  readonly output?: string;
  readonly dryRun?: boolean;
}

const SOURCES = ['object-store', 'backup', 'live'] as const;

export const dbRestore: Command = {
  summary: 'make the manifest that recovers a Postgres cluster, and say step by step what to do with it',

  configure(command) {
    command
      .argument('<database>', 'a Cluster of CloudNativePG that Flux applies, as name or namespace/name')
      .option('--from <source>', 'object-store: its archive; backup: one Backup object; live: the cluster itself, while it runs')
      .option('--backup <name>', 'with --from backup: the Backup object')
      .option('--to <time>', 'stop at this moment: 2026-03-01T09:30:00Z (default: all there is)')
      .option('--name <name>', 'the name of the copy (default: <database>-restore)')
      .option('--in-place', 'replace the live cluster, instead of making a copy beside it')
      .option('--archive-as <name>', 'the serverName that it archives under (default: a copy archives nowhere; in place, the next one that is free)')
      .option('--cluster <path>', 'the cluster of Flux that it runs in, named by the path of its entry point')
      .option('--output <file>', 'where to write the manifest, outside of what Flux syncs (default: restore/…)')
      .option('--dry-run', 'print what would change, and write nothing')
      .addHelpText('after', examples(
        ['a copy beside the live cluster, as of half past nine', 'fluxwright db restore server/pg --from object-store --to 2026-03-01T09:30:00Z'],
        ['a copy of what one Backup object holds', 'fluxwright db restore pg --from backup --backup before-upgrade'],
        ['see what replacing production would take', 'fluxwright db restore pg --from object-store --in-place --dry-run'],
      ));
  },

  async run(terminal: Terminal, database: unknown, options: unknown): Promise<ExitCode> {
    const { writeRestore } = require('../write-recovery') as typeof import('../write-recovery'); // loaded late: --help does without
    const { from, inPlace = false, dryRun = false, ...rest } = options as DbRestoreOptions;
    const source = SOURCES.find((one) => one === from);
    if (source === undefined) throw new UserError('usage', from === undefined ? 'nothing says what to recover from' : `--from ${from} is unknown`, from === undefined ? 'say --from object-store, --from backup or --from live' : `write --from ${nearestTo(from, SOURCES) ?? SOURCES.join(', --from ')}`);
    return writeRestore(terminal, { ...rest, from: source, inPlace, dryRun, database: database as string });
  },
};
