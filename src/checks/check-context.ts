import type { Cluster } from '../model/flux-kustomization';
import type { Repository } from '../model/repository';
import type { Walker } from '../model/walk';
import type { CheckSettings } from './check-settings';

/** What rules look at. */
export interface CheckContext {
  readonly repository: Repository;
  readonly walker: Walker;
  /**
   * With what each Flux Kustomization applies: as kustomize and Flux make it where `rendered`, else as it is written, with
   * namespaces, prefixes and suffixes only.
   */
  readonly clusters: readonly Cluster[];
  readonly rendered: boolean;
  /** The same for the state to compare with. */
  readonly base: BaseState | undefined;
  readonly settings: CheckSettings;
}

export interface BaseState {
  readonly repository: Repository;
  readonly clusters: readonly Cluster[];
}
