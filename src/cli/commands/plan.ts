import { UserError } from '../../errors';
import { examples, ExitCode, type Command, type Terminal } from '../command';

interface PlanOptions {
  readonly fromScratch?: boolean;
  readonly at?: string;
  readonly base?: string | true;
  readonly cluster?: string;
  readonly format: string;
  readonly render: boolean;
}

export const plan: Command = {
  summary: 'show in which order Flux brings the tree up, and what never gets there',

  configure(command) {
    command
      .argument('[base]', 'show what a change sets going alone: what is different since it left this commit, tag or branch')
      .argument('[head]', 'the other end of the change (default: the working tree)')
      .option('--base [revision]', 'the same as the first argument; without a revision, where the branch left the one that it goes to')
      .option('--from-scratch', 'begin with an empty cluster, with what a person types')
      .option('--cluster <name>', 'one cluster, named by the path of its entry point')
      .option('--at <revision>', 'as of a commit, a tag or a branch, instead of what lies on the disk')
      .option('--format <format>', 'text, json or markdown', 'text')
      .option('--no-render', 'look at the files as they are written, without kustomize')
      .addHelpText('after', examples(
        ['in which order this tree comes up', 'fluxwright plan'],
        ['how to build the production cluster anew', 'fluxwright plan --from-scratch --cluster clusters/production'],
        ['what this branch will set going', 'fluxwright plan --base'],
        ['what one commit did', 'fluxwright plan HEAD~1 HEAD'],
      ));
  },

  async run(terminal: Terminal, first: unknown, second: unknown, parameters: unknown): Promise<ExitCode> {
    const options = parameters as PlanOptions;
    const { formatPlan, planFormats } = require('../../plan/output/formats') as typeof import('../../plan/output/formats'); // loaded late: --help does without
    const { openClusters } = require('../open-clusters') as typeof import('../open-clusters');
    const { openRepository } = require('../open-repository') as typeof import('../open-repository');
    const { clustersNamed } = require('../render-targets') as typeof import('../render-targets');
    const { planTree, planChange } = require('../../plan/make-plan') as typeof import('../../plan/make-plan');

    if (!planFormats.includes(options.format)) throw new UserError('usage', `there is no format ${JSON.stringify(options.format)}`, `take one of ${planFormats.join(', ')}`);
    const [base, head] = [(first as string | undefined) ?? options.base, (second as string | undefined) ?? options.at];
    if (first !== undefined && options.base !== undefined) throw new UserError('usage', 'the base is named twice', 'name it once: fluxwright plan BASE, or --base BASE');
    if (second !== undefined && options.at !== undefined) throw new UserError('usage', 'the head is named twice', 'name it once: fluxwright plan BASE HEAD, or --at HEAD');
    if (base !== undefined && options.fromScratch === true) throw new UserError('usage', 'a cluster from scratch has nothing to compare with', 'leave out --from-scratch, or the base');

    const opened = openRepository(terminal, undefined, head);
    const before = base === undefined ? undefined : findBaseTree(terminal, opened, base, head);
    const context = await openClusters(terminal, opened.tree, options.render);
    const clusters = clustersNamed(context.clusters, options.cluster);
    const made = before === undefined
      ? planTree(context, clusters, options.fromScratch === true)
      : planChange(await openClusters(terminal, before.tree, options.render), context, clusters, { before: before.name, after: head ?? 'the working tree' });
    terminal.print(formatPlan(made, options.format, terminal.colours));
    return made.clusters.some(({ never }) => never.length > 0) ? ExitCode.found : ExitCode.ok;
  },
};

function findBaseTree({ environment }: Terminal, { git }: import('../open-repository').OpenedRepository, base: string | true, head: string | undefined) {
  const { findBase } = require('../base-revision') as typeof import('../base-revision');
  const { readTreeAt } = require('../../tree/git-tree') as typeof import('../../tree/git-tree');
  if (git === undefined) throw new UserError('not-in-git', 'there is nothing to compare with: the folder lies in no repository of Git', 'leave out the base, or go to a folder of a clone');
  const found = findBase(git, { environment, ...(base === true ? {} : { base }), ...(head === undefined ? {} : { at: head }) });
  if (found === undefined) throw new UserError('not-in-git', 'there is nothing to compare with: no branch is followed, and there is no origin', 'name a commit: fluxwright plan BASE');
  return { tree: readTreeAt(git, found.commit), name: found.name };
}
