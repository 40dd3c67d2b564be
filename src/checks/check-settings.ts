/** What a project says about its checks, in `fluxwright.yaml` at the tree's root. */
export interface CheckSettings {
  /**
   * Findings to live with, each with a reason.
   * @default none
   */
  readonly ignore: readonly IgnoredFinding[];
  /**
   * Objects that something outside the tree provides: `Secret/flux-system/sops-age`, `StorageClass/standard`; a `*` stands for anything.
   * @default none
   */
  readonly outsiders: readonly string[];
  /**
   * The Kubernetes version of the clusters, such as `1.34`.
   * @default the newest known
   */
  readonly kubernetes: string | undefined;
  /**
   * The Flux release of clusters whose tree does not tell, such as `2.9`.
   * @default the newest known
   */
  readonly flux: string | undefined;
  /**
   * Paths that are no part of what Flux reads, such as tests, in the words of .gitignore.
   * @default none
   */
  readonly exclude: readonly string[];
}

export interface IgnoredFinding {
  readonly rule: string;
  readonly reason: string;
  /**
   * Files it holds for, in the words of .gitignore.
   * @default all
   */
  readonly path?: string;
  /**
   * The object it holds for: `Cluster/pg`, or `Cluster/shop/pg` with its namespace.
   * @default all
   */
  readonly object?: string;
}

export const NO_SETTINGS: CheckSettings = { ignore: [], outsiders: [], kubernetes: undefined, flux: undefined, exclude: [] };
