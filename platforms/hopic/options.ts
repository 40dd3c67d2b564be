import type { FluxRelease } from 'fluxwright';

/** How the tree of `parity-tree` differs from the committed one: the state that the original repository is in. */
export interface HopicOptions {
  /**
   * The Flux release that the cluster runs.
   * @default the newest
   */
  readonly fluxRelease?: FluxRelease;

  /**
   * The folder that holds upstream's releases, which are then part of the tree.
   * @default their URLs are listed instead
   */
  readonly upstreamFolder?: string;

  /**
   * Whether an operator applies the sync files with kubectl, in order, as the original's README has it.
   * @default Flux applies them
   */
  readonly syncByHand?: boolean;

  /**
   * Where an ephemeral environment's image is pinned: in its instance's file, or by a marker in its branch.
   * @default "instance"
   */
  readonly ephemeralPin?: 'instance' | 'branch';

  /**
   * The room that the database of an ephemeral environment has.
   * @default as much as production's, whose data it is restored from
   */
  readonly ephemeralStorage?: string;

  /**
   * The branches that have an ephemeral environment.
   * @default those that environments.yaml lists
   */
  readonly branches?: readonly string[];
}
