import { baseName, directoryOf } from '../tree/path';
import type { Tree } from '../tree/tree';
import type { BrokenSide, Diff, Limit } from './changes';
import { findConsequences } from './consequences/find-consequences';
import type { History } from './consequences/history';
import { sourceChanges } from './diff-source';
import { groupChanges } from './group-changes';
import { differentFiles } from './scope/different-files';
import { relevantFiles } from './scope/relevant-files';
import { TextIndex } from './scope/text-index';
import { withSameFiles } from './scope/same-files';
import { sourceBuilder } from './source-builder';
import { StageNames } from './stage-names';
import { readState, type State } from './state';

export interface DiffQuestion {
  readonly before: Tree;
  readonly after: Tree;
  /** What the trees are, for people. */
  readonly sides: Diff['sides'];
  /**
   * What Git tells of the commits in between.
   * @default nothing is said that needs it
   */
  readonly history?: History;
}

/**
 * What differs between two states of a Flux repository, in their files. Files that are the same byte for byte are not
 * parsed, but for those that tell what applies the others.
 */
export async function diffTrees({ before, after, sides, history }: DiffQuestion): Promise<Diff> {
  const index = new TextIndex(before, after);
  const different = differentFiles(before, after, (file, bytes) => index.read(file, bytes));
  const relevant = relevantFiles(before, after, different, index);
  const [was, is] = [await readState(relevant.before, sourceBuilder(before)), await readState(relevant.after, sourceBuilder(after))];
  const [broken, limits] = brokenFiles(was, is, different);
  const names = new StageNames([...was.clusters, ...is.clusters].map(({ name }) => name));
  const { changes, layoutOnly, unrelated } = sourceChanges({ before: was, after: is, different, broken, charts: chartsIn(before, after), names });
  const world = { changes, names, broken: new Map(broken.map(({ file, problem }) => [file, problem])), history };
  let consequences = findConsequences({ before: was, after: is, ...world });
  const takesMore = consequences.some(({ class: name }) => TAKES_MORE.has(name));
  if (takesMore) {
    const [whole, now] = [await readState(before, sourceBuilder(before)), await readState(withSameFiles(before, after, different), sourceBuilder(after))];
    consequences = findConsequences({ before: whole, after: now, ...world });
  }
  return {
    level: 'source',
    sides,
    changes,
    groups: groupChanges(changes),
    consequences,
    broken,
    limits,
    counts: {
      files: new Set([...before.paths(), ...after.paths()]).size,
      different: different.length,
      layoutOnly,
      unrelated,
      parsed: different.length - unrelated,
      parsedUnchanged: takesMore ? after.size - different.filter((path) => after.has(path)).length : relevant.unchanged,
    },
  };
}

/** What goes with a namespace or a kind may lie in any file. */
const TAKES_MORE: ReadonlySet<string> = new Set(['namespace-deleted', 'crd-deleted']);

/** The files that could not be read, on the side that they are broken on; of those that are the same on both, only that they are. */
function brokenFiles(before: State, after: State, different: readonly string[]): [BrokenSide[], Limit[]] {
  const changed = new Set(different);
  const found = (side: BrokenSide['side'], { repository }: State): BrokenSide[] => repository.broken.map(({ path, error }) => ({ side, file: path, problem: error.problem }));
  const all = [...found('before', before), ...found('after', after)].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  const same = all.filter(({ side, file }) => side === 'after' && !changed.has(file));
  return [all.filter(({ file }) => changed.has(file)), same.map(({ problem }) => ({ reason: `what this file leads to is not known: ${problem}`, fix: 'mend the file' }))];
}

function chartsIn(...trees: readonly Tree[]): ReadonlySet<string> {
  return new Set(trees.flatMap((tree) => [...tree.paths()].filter((path) => baseName(path) === 'Chart.yaml').map(directoryOf)));
}
