import type { Construct } from 'constructs';
import type { ClusterIssuerSpec } from '../../../imports/cert-manager.io';
import { SpecResource, type SpecResourceProps } from '../spec-resource';

export type ClusterIssuerProps = SpecResourceProps<ClusterIssuerSpec>;

/**
 * cert-manager's `ClusterIssuer`: who signs certificates in all namespaces.
 * @see https://cert-manager.io/docs/configuration/
 */
export class ClusterIssuer extends SpecResource<ClusterIssuerSpec> {
  constructor(scope: Construct, id: string, props: ClusterIssuerProps) {
    super(scope, id, 'cert-manager.io/v1', 'ClusterIssuer', props);
  }
}
