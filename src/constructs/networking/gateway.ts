import type { Construct } from 'constructs';
import type { GatewaySpec } from '../../../imports/gateway.networking.k8s.io';
import { SpecResource, type VersionedResourceProps } from '../spec-resource';

export type GatewayProps = VersionedResourceProps<GatewaySpec, 'v1' | 'v1beta1'>;

/**
 * The Gateway API's `Gateway`: a load balancer with its listeners. Istio's own kind of the name is `IstioGateway`.
 * @see https://gateway-api.sigs.k8s.io/api-types/gateway/
 */
export class Gateway extends SpecResource<GatewaySpec> {
  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id, `gateway.networking.k8s.io/${props.apiVersion ?? 'v1'}`, 'Gateway', props);
  }
}
