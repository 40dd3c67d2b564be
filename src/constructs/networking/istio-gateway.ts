import type { Construct } from 'constructs';
import type { GatewaySpec } from '../../../imports/networking.istio.io';
import { SpecResource, type VersionedResourceProps } from '../spec-resource';

export type IstioGatewayProps = VersionedResourceProps<GatewaySpec, 'v1' | 'v1beta1' | 'v1alpha3'>;

/**
 * Istio's `Gateway`: ports and hosts that a gateway pod serves. The Gateway API's kind of the name is `Gateway`.
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/
 */
export class IstioGateway extends SpecResource<GatewaySpec> {
  constructor(scope: Construct, id: string, props: IstioGatewayProps) {
    super(scope, id, `networking.istio.io/${props.apiVersion ?? 'v1'}`, 'Gateway', props);
  }
}
