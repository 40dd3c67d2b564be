import { examples, type Command, type ExitCode, type Terminal } from '../command';

interface MigrateOptions {
  readonly to?: string;
  readonly plugin?: boolean;
  readonly dryRun?: boolean;
}

export const migrate: Command = {
  summary: 'bring a tree that people wrote to a Flux release: apiVersions, fields that went, and those of kustomize',

  configure(command) {
    command
      .argument('[path]', 'a folder of a Flux repository; by default the one around here')
      .option('--to <release>', 'the Flux release, such as 2.9; by default the oldest that the tree says one of its clusters runs')
      .option('--plugin', 'have Postgres clusters archive by the barman-cloud plugin, in place of barmanObjectStore')
      .option('--dry-run', 'print what would change, and write nothing')
      .addHelpText('after', examples(
        ['see what Flux 2.9 asks for', 'fluxwright migrate --to 2.9 --dry-run'],
        ['write it, once all renders are proven to stay the same', 'fluxwright migrate --to 2.9'],
        ['a folder alone', 'fluxwright migrate --to 2.9 apps/production'],
      ));
  },

  async run(terminal: Terminal, path: unknown, options: unknown): Promise<ExitCode> {
    const { migrateRepository } = require('../migrate-repository') as typeof import('../migrate-repository'); // loaded late: --help does without
    const { to, plugin = false, dryRun = false } = options as MigrateOptions;
    return migrateRepository(terminal, { path: path as string | undefined, to, plugin, isDryRun: dryRun });
  },
};
