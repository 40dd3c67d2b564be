import type { Construct } from 'constructs';
import { SpecResource, type SpecResourceProps } from '../spec-resource';

export interface ConfigConnectorContextSpec {
  /** The Google service account that makes the namespace's resources. */
  readonly googleServiceAccount: string;

  /**
   * Which project is charged for requests.
   * @default that of the service account
   */
  readonly requestProjectPolicy?: 'SERVICE_ACCOUNT_PROJECT' | 'RESOURCE_PROJECT' | 'BILLING_PROJECT';

  /**
   * The project of `BILLING_PROJECT`.
   * @default none
   */
  readonly billingProject?: string;

  /**
   * Whether what Google fills in is written into the specs of resources.
   * @default as the operator has it
   */
  readonly stateIntoSpec?: 'Absent' | 'Merge';
}

export type ConfigConnectorContextProps = Omit<SpecResourceProps<ConfigConnectorContextSpec>, 'name'>;

/**
 * Config Connector's `ConfigConnectorContext`, the one of its namespace: its name is fixed.
 * @see https://cloud.google.com/config-connector/docs/reference/config-connector-context-crd
 */
export class ConfigConnectorContext extends SpecResource<ConfigConnectorContextSpec> {
  constructor(scope: Construct, id: string, props: ConfigConnectorContextProps) {
    super(scope, id, 'core.cnrm.cloud.google.com/v1beta1', 'ConfigConnectorContext', { ...props, name: 'configconnectorcontext.core.cnrm.cloud.google.com' });
  }
}
