import type { Construct } from 'constructs';
import type { CertificateSpec } from '../../../imports/cert-manager.io';
import { SpecResource, type SpecResourceProps } from '../spec-resource';

export type CertificateProps = SpecResourceProps<CertificateSpec>;

/**
 * cert-manager's `Certificate`: a TLS certificate, kept valid in a Secret.
 * @see https://cert-manager.io/docs/usage/certificate/
 */
export class Certificate extends SpecResource<CertificateSpec> {
  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id, 'cert-manager.io/v1', 'Certificate', props);
  }
}
