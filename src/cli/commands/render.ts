import { examples, ExitCode, type Command, type Terminal } from '../command';

interface RenderCommandOptions {
  readonly at?: string;
  readonly cluster?: string;
  readonly all?: boolean;
  readonly format: string;
}

export const render: Command = {
  summary: 'print what Flux would apply',

  configure(command) {
    command
      .argument('[kustomization|path...]', 'a Flux Kustomization, as name or namespace/name, or a directory, which is built as it is')
      .option('--all', 'every Flux Kustomization of every cluster')
      .option('--cluster <name>', 'only those of one cluster, named by the path of its entry point')
      .option('--at <ref>', 'as of a commit, a tag or a branch, instead of what lies on the disk')
      .option('--format <format>', 'yaml or json', 'yaml')
      .addHelpText('after', examples(
        ['what the Kustomization "apps" applies, with its patches and variables', 'fluxwright render apps'],
        ['what kustomize makes of a directory', 'fluxwright render ./apps/production'],
        ['everything that main applies to one cluster', 'fluxwright render --all --cluster clusters/production --at origin/main'],
      ));
  },

  async run(terminal: Terminal, names: unknown, options: unknown): Promise<ExitCode> {
    const { renderTargets } = require('../render-targets') as typeof import('../render-targets'); // loaded late: --help does without
    const { writeRenders } = require('../write-renders') as typeof import('../write-renders');
    const { at, cluster, all = false, format } = options as RenderCommandOptions;
    const renders = await renderTargets(terminal, { names: names as string[], at, cluster, all });
    if (all && renders.length === 0) terminal.say('note: no Flux Kustomization was found, so that there is nothing to render; name a directory to build it as it is');
    return writeRenders(renders, format, terminal);
  },
};
