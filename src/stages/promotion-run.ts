import type { UserError } from '../errors';
import type { KustomizeModel } from '../model/kustomize/kustomize-model';
import type { Repository } from '../model/repository';
import type { Pin } from '../publish/pins/pin';
import { readHeader } from '../tree/header';
import type { Tree } from '../tree/tree';
import type { Draft } from './draft';
import type { ReplacedFields } from './replaced-fields';
import type { Services } from './services';

/** What a promotion is planned with, and what has come of it so far. */
export interface PromotionRun {
  readonly tree: Tree;
  readonly repository: Repository;
  readonly model: KustomizeModel;
  readonly pins: readonly Pin[];
  readonly services: Services;
  /** Whether nothing but pinned values is promoted. */
  readonly pinsAlone: boolean;
  readonly draft: Draft;
  /** What gets to the next stage, a line each. */
  readonly promoted: string[];
  /** The patch files that are copied. */
  readonly copied: string[];
  /** What copies take from patches that the next stage has. */
  readonly replaced: ReplacedFields[];
  /** What does not, or not as it is, and why. */
  readonly notes: string[];
  readonly problems: UserError[];
  /** Generated files that would have to change in more than their pins. */
  readonly generated: string[];
}

export function isGenerated({ draft }: PromotionRun, path: string): boolean {
  return readHeader(draft.text(path) ?? '') !== undefined;
}
