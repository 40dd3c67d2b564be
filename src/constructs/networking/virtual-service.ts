import type { Construct } from 'constructs';
import type { VirtualServiceSpec } from '../../../imports/networking.istio.io';
import { SpecResource, type VersionedResourceProps } from '../spec-resource';

export type VirtualServiceProps = VersionedResourceProps<VirtualServiceSpec, 'v1' | 'v1beta1' | 'v1alpha3'>;

/**
 * Istio's `VirtualService`: how requests to a host are routed in the mesh.
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export class VirtualService extends SpecResource<VirtualServiceSpec> {
  constructor(scope: Construct, id: string, props: VirtualServiceProps) {
    super(scope, id, `networking.istio.io/${props.apiVersion ?? 'v1'}`, 'VirtualService', props);
  }
}
