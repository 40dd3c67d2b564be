import type { Construct } from 'constructs';
import { SpecResource, type SpecResourceProps } from '../spec-resource';

export interface IAMPartialPolicySpec {
  /** What the roles are granted on: a Config Connector object, or by `external` something that Google alone knows. */
  readonly resourceRef: IAMResourceReference;

  /** The grants that this object owns; others on the same resource are left alone. */
  readonly bindings?: readonly IAMBinding[];
}

export interface IAMResourceReference {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
  /** Google's own name of it, such as `projects/my-project`. */
  readonly external?: string;
}

export interface IAMBinding {
  /** Such as `roles/iam.workloadIdentityUser`. */
  readonly role: string;
  readonly members: readonly IAMMember[];
  readonly condition?: { readonly title: string; readonly expression: string; readonly description?: string };
}

/** Google's identifier of somebody, or the Config Connector object that has it. */
export type IAMMember =
  | { readonly member: string }
  | { readonly memberFrom: Readonly<Partial<Record<'serviceAccountRef' | 'serviceIdentityRef' | 'logSinkRef' | 'sqlInstanceRef' | 'bigQueryConnectionConnectionRef', { readonly name: string; readonly namespace?: string }>>> };

export type IAMPartialPolicyProps = SpecResourceProps<IAMPartialPolicySpec>;

/**
 * Config Connector's `IAMPartialPolicy`: who has which roles on a Google resource, without a say about anybody else's.
 * @see https://cloud.google.com/config-connector/docs/reference/resource-docs/iam/iampartialpolicy
 */
export class IAMPartialPolicy extends SpecResource<IAMPartialPolicySpec> {
  constructor(scope: Construct, id: string, props: IAMPartialPolicyProps) {
    super(scope, id, 'iam.cnrm.cloud.google.com/v1beta1', 'IAMPartialPolicy', props);
  }
}
