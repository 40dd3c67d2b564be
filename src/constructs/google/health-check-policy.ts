import type { Construct } from 'constructs';
import { SpecResource, type SpecResourceProps } from '../spec-resource';
import type { PolicyTarget } from './policy-target';

export interface HealthCheckPolicySpec {
  readonly targetRef: PolicyTarget;
  readonly default?: {
    readonly checkIntervalSec?: number;
    readonly timeoutSec?: number;
    readonly healthyThreshold?: number;
    readonly unhealthyThreshold?: number;
    readonly logConfig?: { readonly enabled?: boolean };
    readonly config?: HealthCheck;
  };
}

/** One kind of check, with the field that goes with its type. */
export interface HealthCheck {
  readonly type: 'HTTP' | 'HTTPS' | 'HTTP2' | 'TCP' | 'GRPC';
  readonly httpHealthCheck?: HttpHealthCheck;
  readonly httpsHealthCheck?: HttpHealthCheck;
  readonly http2HealthCheck?: HttpHealthCheck;
  readonly tcpHealthCheck?: HealthCheckPort & { readonly request?: string; readonly response?: string; readonly proxyHeader?: 'NONE' | 'PROXY_V1' };
  readonly grpcHealthCheck?: HealthCheckPort & { readonly grpcServiceName?: string };
}

export interface HealthCheckPort {
  readonly port?: number;
  readonly portName?: string;
  readonly portSpecification?: 'USE_FIXED_PORT' | 'USE_NAMED_PORT' | 'USE_SERVING_PORT';
}

export interface HttpHealthCheck extends HealthCheckPort {
  readonly host?: string;
  readonly requestPath?: string;
  readonly response?: string;
  readonly proxyHeader?: 'NONE' | 'PROXY_V1';
}

export type HealthCheckPolicyProps = SpecResourceProps<HealthCheckPolicySpec>;

/**
 * GKE's `HealthCheckPolicy`: how a load balancer of the Gateway API finds out whether a Service is well.
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/configure-gateway-resources#configure_health_check
 */
export class HealthCheckPolicy extends SpecResource<HealthCheckPolicySpec> {
  constructor(scope: Construct, id: string, props: HealthCheckPolicyProps) {
    super(scope, id, 'networking.gke.io/v1', 'HealthCheckPolicy', props);
  }
}
