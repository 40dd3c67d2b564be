import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diff } from '../../diff/changes';
import type { DiffQuestion } from '../../diff/diff-trees';
import type { BuilderFor } from '../../diff/state';
import { UserError } from '../../errors';
import { examples, ExitCode, type Command, type Terminal } from '../command';

interface DiffOptions {
  readonly staged?: boolean;
  readonly synth?: boolean;
  readonly rendered?: boolean;
  readonly format: string;
  readonly output?: string;
}

export const diff: Command = {
  summary: 'show what a change does: to objects, and in the clusters',

  configure(command) {
    command
      .argument('[base]', 'the state to compare with: a commit, a tag, a branch or a folder (default: where this change left the branch that it goes to)')
      .argument('[head]', 'the state to compare: a commit, a tag, a branch or a folder (default: the working tree)')
      .option('--staged', 'compare what would be committed, in place of the working tree')
      .option('--synth', 'compare what synth would write, in place of the working tree; with the working tree unless a base is named')
      .option('--rendered', 'compare what Flux would apply, as kustomize builds it')
      .option('--format <format>', 'text, json, markdown, or html: a page to look at', 'text')
      .option('--output <file>', 'write the format into a file, and text to the terminal')
      .addHelpText('after', examples(
        ['what this branch changes', 'fluxwright diff'],
        ['what is about to be committed', 'fluxwright diff HEAD --staged'],
        ['what Flux would apply after the last commit, and did not before', 'fluxwright diff HEAD~1 HEAD --rendered'],
        ['what synth would change', 'fluxwright diff --synth'],
        ['a page to look at, with the graph and what is applied', 'fluxwright diff --rendered --format html --output diff.html'],
        ['for a comment on a pull request', 'fluxwright diff --format markdown --output comment.md'],
      ));
  },

  async run(terminal: Terminal, base: unknown, head: unknown, parameters: unknown): Promise<ExitCode> {
    const options = parameters as DiffOptions;
    const { formats } = require('../../diff/output/formats') as typeof import('../../diff/output/formats'); // loaded late: --help does without
    const { diffTrees } = require('../../diff/diff-trees') as typeof import('../../diff/diff-trees');
    const { gitHistory } = require('../git-history') as typeof import('../git-history');
    const { openStates } = require('../open-states') as typeof import('../open-states');

    const format = Object.hasOwn(formats, options.format) ? formats[options.format] : undefined;
    if (format === undefined && options.format !== 'html') throw new UserError('usage', `there is no format ${JSON.stringify(options.format)}`, `take one of ${[...Object.keys(formats), 'html'].join(', ')}`);
    const states = await openStates(terminal, { base: base as string | undefined, head: head as string | undefined, staged: options.staged, synth: options.synth });
    const { before, after, sides, git, base: from, head: to } = states;
    const history = git === undefined || from === undefined || to === undefined ? undefined : gitHistory(git, from, to, states.isCommit ? undefined : after);
    const question = { before, after, sides, history };
    const found = options.rendered === true ? await rendered(terminal, question) : await diffTrees(question);

    const { diffPage } = require('../write-page') as typeof import('../write-page');
    const report = async (colours: boolean): Promise<string> => format?.({ diff: found, colours }) ?? diffPage(terminal, before, after, found);
    if (options.output === undefined) terminal.print(await report(terminal.colours));
    else {
      writeReport(resolve(terminal.directory, options.output), await report(false));
      terminal.print(formats['text']!({ diff: found, colours: terminal.colours }));
    }
    return found.changes.length === 0 && found.consequences.length === 0 ? ExitCode.ok : ExitCode.found;
  },
};

/** Without kustomize there is still what the files tell. */
async function rendered(terminal: Terminal, question: DiffQuestion): Promise<Diff> {
  const { diffRendered } = require('../../diff/rendered/diff-rendered') as typeof import('../../diff/rendered/diff-rendered');
  const { diffTrees } = require('../../diff/diff-trees') as typeof import('../../diff/diff-trees');
  const { openRenderer } = require('../open-renderer') as typeof import('../open-renderer');
  const { findUpstreamByUrl } = require('../../upstream/upstream-cache') as typeof import('../../upstream/upstream-cache');
  try {
    const builderFor: BuilderFor = async (repository, walker) => (await openRenderer(terminal, repository, walker)).builder;
    return await diffRendered({ ...question, builderFor, findDownload: findUpstreamByUrl });
  } catch (error) {
    if (!UserError.is(error) || error.code !== 'tool-missing') throw error;
    const found = await diffTrees(question);
    return { ...found, limits: [...found.limits, { reason: `what Flux would apply: ${error.problem}; these are the differences of the files`, fix: error.fix }] };
  }
}

function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, `${text}\n`);
  } catch (error) {
    throw new UserError('write-failed', `${file} cannot be written: ${(error as Error).message}`, 'name a file in a folder that is there');
  }
}
