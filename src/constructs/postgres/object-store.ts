import type { Directory } from '../../app/directory';
import { FieldChecks } from '../../app/field-checks';
import { ApiResource, type ApiResourceProps } from '../api-resource';
import type { BackupDestination, BarmanObjectStore } from './backup-destination';
import { checkDestination } from './destination-check';

/** How the barman-cloud plugin's sidecar runs in the pods of a cluster. */
export interface InstanceSidecarConfiguration {
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: Readonly<Record<string, unknown>> }[];
  readonly logLevel?: 'error' | 'warning' | 'info' | 'debug' | 'trace';
  readonly additionalContainerArgs?: readonly string[];
  readonly resources?: { readonly requests?: Readonly<Record<string, string>>; readonly limits?: Readonly<Record<string, string>> };
  /** Seconds between two looks for what `retentionPolicy` lets go. */
  readonly retentionPolicyIntervalSeconds?: number;
}

/** `ObjectStore.spec`, by hand since its CRD is not among those that are imported. `serverName` belongs to the cluster. */
export interface ObjectStoreSpec {
  readonly configuration?: Partial<Omit<BarmanObjectStore, 'serverName'>>;
  readonly retentionPolicy?: string;
  readonly instanceSidecarConfiguration?: InstanceSidecarConfiguration;
}

export interface ObjectStoreProps extends ApiResourceProps {
  /** The place in object storage: `gcs(…)`, `s3(…)` or `azure(…)`. Its `retentionPolicy` holds for every cluster that archives there. */
  readonly destination: BackupDestination;

  /** @default the plugin's */
  readonly instanceSidecarConfiguration?: InstanceSidecarConfiguration;

  /** Merged last over what the props say. */
  readonly spec?: ObjectStoreSpec;
}

const OBJECT_STORE: unique symbol = Symbol.for('fluxwright.ObjectStore');

/**
 * A place for backups that the barman-cloud plugin writes to and restores from (CNPG 1.26 or newer with the plugin installed).
 * Clusters of its namespace share it, each under its own `serverName`.
 *
 * @example
 * const store = new ObjectStore(server, 'backups', { destination: gcs('gs://shop-backups', { retentionPolicy: '30d' }) });
 * new PostgresCluster(server, 'pg', { storage: { size: '10Gi' }, backups: store });
 * @see https://cloudnative-pg.io/plugin-barman-cloud/docs/concepts/
 */
export class ObjectStore extends ApiResource {
  /** Brand, since two copies of the package must still know each other. */
  readonly [OBJECT_STORE] = true;

  readonly destination: BackupDestination;

  /** @throws UserError `value-invalid`, `duration-invalid` for a destination that is none */
  constructor(scope: Directory, id: string, { destination, instanceSidecarConfiguration, spec, ...props }: ObjectStoreProps) {
    super(scope, id, 'barmancloud.cnpg.io/v1', 'ObjectStore', props);
    this.destination = destination;
    const checks = new FieldChecks(this, 'ObjectStore');
    checkDestination(checks, destination);
    checks.done();
    const { configuration, retentionPolicy } = destination;
    this.define({ spec: { configuration, retentionPolicy, instanceSidecarConfiguration } }, { spec });
  }
}

export function isObjectStore(value: object): value is ObjectStore {
  return OBJECT_STORE in value;
}
