import { UserError } from '../errors';
import { discoverClusters, walkingBuilder } from '../model/clusters';
import type { Builder } from '../model/flux-kustomization';
import { Repository } from '../model/repository';
import { Walker } from '../model/walk';
import { Tree } from '../tree/tree';
import type { BaseState } from './check-context';
import type { CheckSettings } from './check-settings';
import type { CheckResult, Skipped } from './finding';
import { pathMatcher } from './path-pattern';
import type { Rule } from './rule';
import { runChecks } from './run-checks';

export interface TreeCheck {
  readonly tree: Tree;
  /** The state to compare with, if there is one. */
  readonly base: Tree | undefined;
  readonly settings: CheckSettings;
  readonly rules: readonly Rule[];
  /** Rules that cannot be run, and why. */
  readonly unavailable: readonly Skipped[];
  /**
   * Gives what builds what Flux applies; it may throw a UserError where that is not at hand.
   * @default undefined - nothing builds, by choice: files are followed as they are written
   */
  readonly builderFor: BuilderFor | undefined;
}

export type BuilderFor = (repository: Repository, walker: Walker) => Promise<Builder>;

/** Reads a tree as a Flux repository, with the clusters that it brings up, and runs rules over it. */
export async function checkTree({ tree, base, settings, rules, unavailable, builderFor }: TreeCheck): Promise<CheckResult> {
  const state = await stateOf(tree, settings, builderFor);
  const before = base === undefined ? undefined : await stateOf(base, settings, builderFor);
  const notRendered = state.notRendered === undefined ? [] : [{ rules: rules.filter(({ needs }) => needs === 'render').map(({ id }) => id), reason: state.notRendered.problem, fix: state.notRendered.fix }];
  const context = { ...state, rendered: builderFor !== undefined && state.notRendered === undefined, base: before, settings };
  return runChecks(context, rules, [...unavailable, ...notRendered, ...notFetched(state)]);
}

interface State extends BaseState {
  readonly walker: Walker;
  /** Why nothing could be built, where it was wanted. */
  readonly notRendered: UserError | undefined;
}

async function stateOf(tree: Tree, { exclude }: CheckSettings, builderFor: BuilderFor | undefined): Promise<State> {
  const isExcluded = pathMatcher(exclude);
  const repository = new Repository(exclude.length === 0 ? tree : new Tree([...tree].filter(({ path }) => !isExcluded(path)), 'as-found'));
  const walker = new Walker(repository);
  let builder: Builder | undefined;
  let notRendered: UserError | undefined;
  try {
    builder = await builderFor?.(repository, walker);
  } catch (error) {
    if (!UserError.is(error)) throw error;
    notRendered = error;
  }
  return { repository, walker, clusters: await discoverClusters(repository, walker, builder ?? walkingBuilder(walker)), notRendered };
}

/** Manifests of others that builds had to do without: what they bring is not known. */
function notFetched({ clusters }: BaseState): Skipped[] {
  const urls = [...new Set(clusters.flatMap(({ kustomizations }) => kustomizations.flatMap(({ leftOut }) => leftOut ?? [])))].sort();
  const files = urls.filter((url) => /^https?:\/\/[^?]+\.(ya?ml|json)$/.test(url));
  const others = urls.filter((url) => !files.includes(url));
  return [
    ...(files.length === 0 ? [] : [{ rules: [], reason: `what comes from ${several(files)}, since it is not on this machine`, fix: 'run: fluxwright upstream fetch' }]),
    ...(others.length === 0 ? [] : [{ rules: [], reason: `what comes from ${several(others)}, since no other repository is read`, fix: 'copy what it brings into this one, with a note where it is from' }]),
  ];
}

function several(urls: readonly string[]): string {
  return urls.length <= 3 ? urls.join(', ') : `${urls.slice(0, 3).join(', ')} and ${urls.length - 3} more`;
}
