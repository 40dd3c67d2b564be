import { examples, ExitCode, type Command, type Terminal } from '../command';

interface InitOptions {
  readonly name?: string;
  readonly repository?: string;
  readonly import?: readonly string[];
  readonly dryRun?: boolean;
}

export const init: Command = {
  summary: 'make a project: a cluster, two environments with a database each, image automation, tests, CI',

  configure(command) {
    command
      .argument('[folder]', 'where; by default here, also in an npm project that is there')
      .option('--name <name>', "the project's id, which stands in each generated file; by default the folder's name")
      .option('--repository <url>', 'what Flux reads, such as ssh://git@github.com/example/shop; by default the remote called origin')
      .option('--import <crds...>', 'files or URLs of CRDs that "npx cdk8s import" makes classes of, with their docs')
      .option('--dry-run', 'print what would be written, and write nothing')
      .addHelpText('after', examples(
        ['a new project', 'npx fluxwright init shop && cd shop && npm install && npm run synth'],
        ['into the npm project here: what is there stays', 'npx fluxwright init'],
        ['see it first', 'npx fluxwright init --dry-run'],
      ));
  },

  async run(terminal: Terminal, folder: unknown, options: unknown): Promise<ExitCode> {
    const { initProject } = require('../init-project') as typeof import('../init-project'); // loaded late: --help does without
    const { name, repository, import: imports = [], dryRun = false } = options as InitOptions;
    return initProject(terminal, { folder: folder as string | undefined, name, repository, imports, isDryRun: dryRun });
  },
};
