import type { Construct } from 'constructs';
import { SpecResource, type SpecResourceProps } from '../spec-resource';

export interface ConfigConnectorSpec {
  /** Whether one Google service account serves the whole cluster, or each namespace has its own. */
  readonly mode: 'cluster' | 'namespaced';

  /**
   * The Google service account of a cluster in `cluster` mode.
   * @default none
   */
  readonly googleServiceAccount?: string;

  /**
   * The Secret with the key of that account, for clusters without workload identity.
   * @default workload identity
   */
  readonly credentialSecretName?: string;

  /**
   * Whether what Google fills in is written into the specs of resources.
   * @default as the operator has it
   */
  readonly stateIntoSpec?: 'Absent' | 'Merge';
}

export type ConfigConnectorProps = Omit<SpecResourceProps<ConfigConnectorSpec>, 'name' | 'namespace'>;

/**
 * Config Connector's `ConfigConnector`, the one of its cluster: its name is fixed.
 * @see https://cloud.google.com/config-connector/docs/reference/config-connector-crd
 */
export class ConfigConnector extends SpecResource<ConfigConnectorSpec> {
  constructor(scope: Construct, id: string, props: ConfigConnectorProps) {
    super(scope, id, 'core.cnrm.cloud.google.com/v1beta1', 'ConfigConnector', { ...props, name: 'configconnector.core.cnrm.cloud.google.com' });
  }
}
