import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { existsSync, statSync } from 'node:fs';
import { UserError } from '../errors';
import { Authors } from '../history/authorship';
import { showTime } from './local-time';
import { discoverClusters, walkClusters } from '../model/clusters';
import type { Cluster } from '../model/flux-kustomization';
import { Repository } from '../model/repository';
import { Walker } from '../model/walk';
import { nearestTo } from '../nearest';
import { Git } from '../tree/git';
import type { Answer } from '../why/answer';
import { Blame } from '../why/blame';
import { explainLine } from '../why/explain-line';
import type { WhyReport } from '../why/output/text';
import { placedField } from '../why/placed-field';
import { samePlace } from '../why/same-place';
import { traceField, type FieldTrace } from '../why/trace';
import { findApplied, stepsOf } from '../why/find-applied';
import { askOrigins } from './ask-origins';
import type { Terminal } from './command';
import { openRenderer } from './open-renderer';
import { openRepository } from './open-repository';

export interface WhyQuestion {
  readonly target: string;
  readonly object: string | undefined;
  readonly field: string | undefined;
  readonly rendered: boolean;
  readonly app: string | undefined;
}

/**
 * Finds out where something comes from.
 * @throws UserError `reference-invalid` for what is not there, `usage`, `tool-missing` without a kustomize for a render
 */
export async function readWhy(terminal: Terminal, { target, object, field, rendered, app }: WhyQuestion): Promise<WhyReport> {
  const { file: named, line } = parseTarget(terminal, target);
  const location = resolve(terminal.directory, named);
  const isHere = existsSync(location) && statSync(location).isFile();
  // the file's own repository; outside of Git, a folder that the file only happens to lie in says nothing
  const { tree, root, git } = openRepository(terminal, isHere && Git.around(dirname(location)) !== undefined ? dirname(location) : undefined);
  const repository = new Repository(tree);
  const walker = new Walker(repository);
  const clusters = rendered ? await discoverClusters(repository, walker, (await openRenderer(terminal, repository, walker)).builder) : walkClusters(repository, walker);
  const fromRoot = relative(root, location).split(sep).join('/');
  const file = tree.has(fromRoot) ? fromRoot : tree.has(named) && !isAbsolute(named) ? named : undefined;

  const questions: { file: string; line: number | undefined }[] = [];
  const traces: FieldTrace[] = [];
  if (object !== undefined) {
    const found = findApplied(clusters, named, object);
    for (const one of found) {
      const path = field === undefined ? [] : stepsOf(field, one.object);
      traces.push(traceField(repository, { ...one, path }));
    }
    questions.push(...traces.flatMap(({ steps }) => steps.flatMap((step) => (step.file === undefined ? [] : [{ file: step.file, line: step.line }]))));
  } else {
    if (file === undefined) throw noFile(terminal, named, fromRoot, [...tree.paths()]);
    refuseLine(file, line, tree.get(file)!.bytes);
    questions.push({ file, line });
    if (rendered) traces.push(...tracesOf(repository, clusters, file, line));
  }

  const distinct = [...new Map(questions.map((question) => [`${question.file}:${question.line ?? ''}`, question])).values()];
  const originOf = await askOrigins(terminal, app, root, [...new Set(distinct.map((question) => question.file))]);
  const blame = git === undefined ? undefined : new Blame(git, new Authors([repository]));
  const answers = distinct.map((question): Answer => explainLine(question, { repository, clusters, blame, ...originOf(question.file) }));
  return { answers, traces, showTime, colours: terminal.colours };
}

/** `FILE:LINE`, unless a file is called so. */
function parseTarget({ directory }: Terminal, target: string): { readonly file: string; readonly line: number | undefined } {
  const [, file, digits] = /^(.+?):(\d+)(?::\d+)?$/.exec(target) ?? [];
  if (file === undefined || existsSync(resolve(directory, target))) return { file: target, line: undefined };
  return { file, line: Number(digits) };
}

function noFile({ directory }: Terminal, named: string, fromRoot: string, paths: readonly string[]): UserError {
  if (existsSync(resolve(directory, named)) && !fromRoot.startsWith('..')) {
    const isFolder = statSync(resolve(directory, named)).isDirectory();
    throw new UserError('reference-invalid', isFolder ? `${named} is a folder` : `${named} is not in the tree: Git ignores it, or it is a link`, isFolder ? 'name a file in it' : 'name a file that is committed, or will be');
  }
  const near = nearestTo(fromRoot, paths) ?? paths.find((path) => path.endsWith(`/${named}`));
  return new UserError('reference-invalid', `there is no file ${JSON.stringify(named)} in the tree`, near === undefined ? 'name a file of the tree, from here or from its root' : `write ${near}`);
}

function refuseLine(file: string, line: number | undefined, bytes: Buffer): void {
  if (line === undefined) return;
  const text = bytes.toString('utf8');
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (line < 1 || line > lines) throw new UserError('reference-invalid', `${file} has ${lines === 1 ? 'one line' : `${lines} lines`}, and line ${line} is asked about`, `name a line from 1 to ${Math.max(1, lines)}`);
}

/** What becomes of a line wherever it is applied. */
function tracesOf(repository: Repository, clusters: readonly Cluster[], file: string, line: number | undefined): FieldTrace[] {
  const placed = line === undefined ? undefined : placedField(repository, file, line);
  return clusters.flatMap((cluster) => cluster.kustomizations.flatMap((kustomization) => kustomization.objects
    .filter(({ source }) => source?.file === file && (placed === undefined || source.document === placed.document))
    .map((object) => {
      const written = (placed?.path ?? []).slice(object.source?.item === undefined ? 0 : 2);
      return traceField(repository, { cluster, kustomization, object, path: samePlace(written, object.source!.data, object.data) ?? written });
    })));
}
