import { UserError } from '../errors';
import { KustomizeModel } from '../model/kustomize/kustomize-model';
import { Repository } from '../model/repository';
import { findPins } from '../pins/find-pins';
import type { Tree } from '../tree/tree';
import { Draft, type FileEdit } from './draft';
import { brokenPatches, overlayPatches } from './overlay-patch';
import { promoteImages } from './promote-images';
import { promotePatches } from './promote-patches';
import { promotePins } from './promote-pins';
import type { PromotionRun } from './promotion-run';
import type { ReplacedFields } from './replaced-fields';
import { Services } from './services';
import { isInside, overlayPairs, type OverlayPair, type StagePair } from './stage-pair';
import { isStatic } from './static-files';

/** What a promotion does to the files of a tree. */
export interface Promotion {
  readonly edits: readonly FileEdit[];
  /** What gets to the next stage, a line each. */
  readonly promoted: readonly string[];
  /** What does not, or not as it is, and why. */
  readonly notes: readonly string[];
  /** Generated files that would have to change in more than their pins, which is for their code to do. */
  readonly generated: readonly string[];
  /** Patch files that are copied though no patch of the tree is named with `_`: nothing tells then which are to stay. */
  readonly unsure: readonly string[];
  /** In such a tree, what copies take from patches of the next stage that may well be its own. */
  readonly replaced: readonly ReplacedFields[];
}

/**
 * What gets from some stages to the next ones: promotable patches with the references that they need, versions in `images`,
 * and pinned values.
 * @param services the services that are promoted; none for all
 * @param what `pins` for pinned values alone
 * @throws UserError for all that is in the way, at once
 */
export function planPromotion(tree: Tree, pairs: readonly StagePair[], services: readonly string[] = [], what: 'all' | 'pins' = 'all', repository = new Repository(tree)): Promotion {
  const { pins, unreadable } = findPins(tree);
  const run: PromotionRun = {
    tree, repository, model: new KustomizeModel(repository), pins, services: new Services(services), pinsAlone: what === 'pins', draft: new Draft(tree), promoted: [], copied: [], replaced: [], notes: [], problems: [], generated: [],
  };
  const folders = pairs.flatMap(({ from, to }) => [from, to]);
  for (const [path, why] of unreadable) if (folders.some((folder) => isInside(folder, path))) run.problems.push(new UserError('file-malformed', `${path} cannot be read: ${why}`, 'mend it first'));
  for (const pair of pairs) {
    for (const overlay of overlayPairs(repository, pair)) promoteOverlay(run, overlay);
    promotePins(run, pair);
  }
  if (run.problems.length > 0) throw UserError.all(run.problems);
  run.services.checkNames(pairs.map(({ from }) => from).join(', '));
  const isTold = followsNames(repository);
  return {
    edits: run.draft.edits(), promoted: run.promoted, notes: [...new Set(run.notes)], generated: [...new Set(run.generated)].sort(), unsure: isTold ? [] : run.copied, replaced: isTold ? [] : run.replaced,
  };
}

/** Whether the tree has patches that say by their names that they stay in their stage. */
function followsNames(repository: Repository): boolean {
  return [...repository.kustomizations.values()].some((one) => overlayPatches(repository, one).some(({ file }) => isStatic(file)));
}

function promoteOverlay(run: PromotionRun, pair: OverlayPair): void {
  const { repository } = run;
  const [from, to] = [repository.kustomizations.get(pair.from)!, repository.kustomizations.get(pair.to)];
  const broken = [from, to].flatMap((file) => (file === undefined ? [] : repository.errorIn(file.path) ?? brokenPatches(repository, file)));
  run.problems.push(...broken);
  if (broken.length > 0) return;
  if (!run.pinsAlone) promotePatches(run, pair, from, to);
  if (to !== undefined) promoteImages(run, from, to);
}
