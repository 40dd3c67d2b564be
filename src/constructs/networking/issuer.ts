import type { Construct } from 'constructs';
import type { IssuerSpec } from '../../../imports/cert-manager.io';
import { SpecResource, type SpecResourceProps } from '../spec-resource';

export type IssuerProps = SpecResourceProps<IssuerSpec>;

/**
 * cert-manager's `Issuer`: who signs the certificates of one namespace.
 * @see https://cert-manager.io/docs/configuration/
 */
export class Issuer extends SpecResource<IssuerSpec> {
  constructor(scope: Construct, id: string, props: IssuerProps) {
    super(scope, id, 'cert-manager.io/v1', 'Issuer', props);
  }
}
