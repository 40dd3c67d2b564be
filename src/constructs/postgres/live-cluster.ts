import type { IConstruct } from 'constructs';
import type { BackupDestination } from './backup-destination';
import type { EffectiveSpec } from './cluster-spec';
import type { ObjectStore } from './object-store';

/** A Postgres cluster as it runs, wherever its spec was written: what backups and recoveries are derived from. */
export interface LiveCluster extends IConstruct {
  readonly name: string;
  readonly namespace: string | undefined;
  /** The whole spec: props, escape hatches, base and overlay merged. */
  readonly spec: EffectiveSpec;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** The destination that its props name. */
  readonly backups?: BackupDestination | ObjectStore;
}
