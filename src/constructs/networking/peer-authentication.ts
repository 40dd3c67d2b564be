import type { Construct } from 'constructs';
import type { PeerAuthenticationSpec } from '../../../imports/security.istio.io';
import { SpecResource, type VersionedResourceProps } from '../spec-resource';

export type PeerAuthenticationProps = VersionedResourceProps<PeerAuthenticationSpec, 'v1' | 'v1beta1'>;

/**
 * Istio's `PeerAuthentication`: whether workloads take traffic without mutual TLS.
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export class PeerAuthentication extends SpecResource<PeerAuthenticationSpec> {
  constructor(scope: Construct, id: string, props: PeerAuthenticationProps) {
    super(scope, id, `security.istio.io/${props.apiVersion ?? 'v1'}`, 'PeerAuthentication', props);
  }
}
