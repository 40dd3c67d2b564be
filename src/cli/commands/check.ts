import { writeFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { BuilderFor } from '../../checks/check-tree';
import type { CheckResult, Finding, Skipped } from '../../checks/finding';
import type { CheckReport } from '../../checks/output/check-report';
import type { Rule } from '../../checks/rule';
import { UserError } from '../../errors';
import type { Tree } from '../../tree/tree';
import { examples, ExitCode, type Command, type Terminal } from '../command';
import type { OpenedRepository } from '../open-repository';

interface CheckOptions {
  readonly at?: string;
  readonly base?: string;
  readonly format: string;
  readonly output?: string;
  readonly rule?: readonly string[];
  readonly render: boolean;
  readonly strict?: boolean;
}

export const check: Command = {
  summary: 'find what would go wrong in a Flux repository before Flux does',

  configure(command) {
    command
      .argument('[path]', 'the repository, or a folder of it to be told of alone (default: this folder)')
      .option('--at <revision>', 'check a commit, a tag or a branch instead of the working tree')
      .option('--base <revision>', 'compare with where the change left this (default: the pull request\'s target, else what the branch follows)')
      .option('--format <format>', 'text, json, markdown, sarif or github', 'text')
      .option('--output <file>', 'write the format into a file, and text to the terminal')
      .option('--rule <id...>', 'run these rules alone')
      .option('--no-render', 'look at the files as they are written, without kustomize')
      .option('--strict', 'exit 2 if something could not be checked (default: where CI=true)')
      .addHelpText('after', examples(
        ['this repository', 'fluxwright check'],
        ['in a workflow of GitHub: each finding at its line', 'fluxwright check --format github'],
        ['for code scanning', 'fluxwright check --format sarif --output fluxwright.sarif'],
        ['one rule, on the state of last week', 'fluxwright check --rule depends-on-missing --at "main@{1 week ago}"'],
      ));
  },

  async run(terminal: Terminal, path: unknown, parameters: unknown): Promise<ExitCode> {
    const options = parameters as CheckOptions;
    const { formats } = require('../../checks/output/formats') as typeof import('../../checks/output/formats'); // loaded late: --help does without
    const { checkTree } = require('../../checks/check-tree') as typeof import('../../checks/check-tree');
    const { rules } = require('../../checks/index') as typeof import('../../checks/index');
    const { readSettings } = require('../../checks/read-settings') as typeof import('../../checks/read-settings');
    const { openRepository } = require('../open-repository') as typeof import('../open-repository');
    const { isCi } = require('../ci-build') as typeof import('../ci-build');

    const format = Object.hasOwn(formats, options.format) ? formats[options.format] : undefined;
    if (format === undefined) throw new UserError('usage', `there is no format ${JSON.stringify(options.format)}`, `take one of ${Object.keys(formats).join(', ')}`);
    const chosen = chooseRules(options.rule, rules);
    const opened = openRepository(terminal, path as string | undefined, options.at);
    const settings = readSettings(opened.tree, rules.map(({ id }) => id));
    const isStrict = options.strict === true || isCi(terminal.environment);

    const { tree: base, missing } = findBaseTree(terminal, opened, options, chosen);
    const byChoice = options.render ? [] : leaveOut(chosen, 'render', '--no-render was given', 'leave it out');
    const builderFor: BuilderFor = async (repository, walker) => {
      const { openRenderer } = require('../open-renderer') as typeof import('../open-renderer');
      return (await openRenderer(terminal, repository, walker)).builder;
    };
    const all = await checkTree({ tree: opened.tree, base, settings, rules: chosen, unavailable: [...byChoice, ...missing], builderFor: options.render ? builderFor : undefined });
    const result = { ...all, findings: all.findings.filter((finding) => concerns(finding, opened.folder)) };

    const report = reportOf(result, rules, opened);
    if (options.output === undefined) terminal.print(format({ ...report, colours: terminal.colours }));
    else {
      writeReport(resolve(terminal.directory, options.output), format(report));
      terminal.print(formats['text']!({ ...report, colours: terminal.colours }));
    }
    if (result.counts.kustomizations === 0) terminal.say('note: no Flux Kustomization was found, so that rules about what Flux applies had nothing to look at');
    const wanting = result.skipped.filter((entry) => options.strict === true || !byChoice.includes(entry));
    if (isStrict && wanting.length > 0) {
      terminal.say(`not everything could be checked, which ${options.strict === true ? 'with --strict' : 'in CI'} is no pass:\n${wanting.map(({ reason, fix }) => `  ${reason.split('\n')[0]!}\n    fix: ${fix}`).join('\n')}`);
      return ExitCode.failed;
    }
    return result.findings.some(({ severity }) => severity !== 'notice') ? ExitCode.found : ExitCode.ok;
  },
};

function chooseRules(ids: readonly string[] | undefined, rules: readonly Rule[]): readonly Rule[] {
  if (ids === undefined) return rules;
  const { unknownRule } = require('./explain') as typeof import('./explain');
  const unknown = ids.filter((id) => !rules.some((rule) => rule.id === id));
  const path = unknown.find((id) => /[/.]/.test(id));
  if (path !== undefined) throw new UserError('usage', `there is no rule ${JSON.stringify(path)}`, `name the path before --rule, which takes all that follows: check ${path} --rule …`);
  if (unknown.length > 0) throw UserError.all(unknown.map((id) => unknownRule(id, rules.map((rule) => rule.id))));
  return rules.filter(({ id }) => ids.includes(id));
}

/** The state to compare with, where a rule wants one. */
function findBaseTree({ environment }: Terminal, { git }: OpenedRepository, { base, at }: CheckOptions, rules: readonly Rule[]): { readonly tree?: Tree; readonly missing: readonly Skipped[] } {
  if (git === undefined && base !== undefined) throw new UserError('not-in-git', `there is no ${base}: the folder lies in no repository of Git`, 'leave out --base, or name a folder of a clone');
  if (base === undefined && !rules.some(({ needs }) => needs === 'base')) return { missing: [] };
  const { findBase } = require('../base-revision') as typeof import('../base-revision');
  const { readTreeAt } = require('../../tree/git-tree') as typeof import('../../tree/git-tree');
  const found = git === undefined ? undefined : findBase(git, { environment, base, at });
  if (found !== undefined) return { tree: readTreeAt(git!, found.commit), missing: [] };
  const reason = git === undefined ? 'there is nothing to compare with, since the folder lies in no repository of Git' : 'there is nothing to compare with: no branch is followed, and there is no origin';
  return { missing: leaveOut(rules, 'base', reason, git === undefined ? 'check a clone' : 'name a commit: --base REF') };
}

function leaveOut(rules: readonly Rule[], what: Rule['needs'], reason: string, fix: string): Skipped[] {
  const ids = rules.filter(({ needs }) => needs === what).map(({ id }) => id);
  return ids.length === 0 ? [] : [{ rules: ids, reason, fix }];
}

/** Whether a finding lies in a folder, or is about a cluster that does. */
function concerns({ file, in: kustomizations }: Finding, folder: string): boolean {
  const isInside = (path: string): boolean => folder === '' || path === folder || path.startsWith(`${folder}/`);
  return isInside(file) || kustomizations.some((name) => isInside(name.split(': ')[0]!));
}

function reportOf(result: CheckResult, rules: readonly Rule[], { tree, root, git }: OpenedRepository): CheckReport {
  const lines = new Map<string, readonly string[]>();
  const lineAt = (path: string, line: number): string | undefined => {
    const file = tree.get(path);
    if (file?.type !== 'manifests') return undefined;
    if (!lines.has(path)) lines.set(path, file.text.split('\n'));
    return lines.get(path)![line - 1];
  };
  const prefix = git === undefined ? '' : relative(git.top, root).split(sep).join('/');
  const { version } = require('fluxwright/package.json') as { version: string };
  return { result, rules, lineAt, prefix, version, colours: false };
}

function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, `${text}\n`);
  } catch (error) {
    throw new UserError('write-failed', `${file} cannot be written: ${(error as Error).message}`, 'name a file in a folder that is there');
  }
}
