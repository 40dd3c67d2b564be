import type { Construct } from 'constructs';
import type { HelmRepositorySpec } from '../../../imports/source.toolkit.fluxcd.io';
import { FieldChecks } from '../../app/field-checks';
import { isAtLeast } from '../../flux/releases';
import type { ApiPatch } from '../api-data';
import { nameReference, type NameReference } from '../name-reference';
import { DEFAULT_INTERVAL, FluxSource, type FluxSourceProps } from './source';
import { checkHelmUrl } from './source-url';

export interface HelmRepositoryProps extends Omit<FluxSourceProps, 'interval'> {
  /** Where the charts are: `https://charts.example.com`, or `oci://ghcr.io/team/charts` for charts in a registry. */
  readonly url: string;

  /**
   * How often Flux fetches the index. A registry has none, so Flux does not look at it there.
   * @default "10m"; none for a registry
   */
  readonly interval?: string;

  /**
   * The Secret with `username` and `password`.
   * @default none: the repository is public
   */
  readonly secretRef?: NameReference;

  /**
   * Whether the credentials also go to another host that the index names for a chart.
   * @default false
   */
  readonly passCredentials?: boolean;

  /**
   * The Secret with `tls.crt` and `tls.key` of a client, and `ca.crt` of the server. Needs Flux 2.1.
   * @default the system's certificates
   */
  readonly certSecretRef?: NameReference;

  /**
   * Whose registry it is, for logging in without a Secret; only for `oci://`.
   * @default "generic"
   */
  readonly provider?: 'generic' | 'aws' | 'azure' | 'gcp';

  /**
   * Whether the registry is asked without TLS; only for `oci://`. Needs Flux 2.2.
   * @default false
   */
  readonly insecure?: boolean;

  /**
   * Merged last over what the other props say; a null is written, which to the API server is a field left out.
   * @default nothing
   */
  readonly spec?: ApiPatch<HelmRepositorySpec>;
}

/**
 * A repository of Helm charts.
 *
 * @example
 * new HelmRepository(directory, 'jetstack', { url: 'https://charts.jetstack.io' });
 * @see https://fluxcd.io/flux/components/source/helmrepositories/
 */
export class HelmRepository extends FluxSource {
  /** @throws UserError `value-invalid` for a URL that Flux refuses, and for what only a registry has; `duration-invalid`, `field-unknown-to-release` */
  constructor(scope: Construct, id: string, props: HelmRepositoryProps) {
    super(scope, id, 'HelmRepository', props);
    const isRegistry = props.url.startsWith('oci://');
    // the CRDs before Flux 2.3 require it of registries, too
    const interval = props.interval ?? (isRegistry && isAtLeast(this.fluxRelease, '2.3') ? undefined : DEFAULT_INTERVAL);
    const registryOnly = ['provider', 'insecure'].filter((prop) => props[prop as 'provider' | 'insecure'] !== undefined);
    checkHelmUrl(new FieldChecks(this, this.kind), props.url)
      .duration('interval', interval).duration('timeout', props.timeout)
      .require(isRegistry || registryOnly.length === 0, 'value-invalid', `has ${registryOnly.join(' and ')}, which only registries have`, 'leave it out, or write the url with "oci://"')
      .done();
    this.define({
      spec: {
        type: isRegistry ? 'oci' : undefined,
        interval,
        timeout: props.timeout,
        suspend: props.suspend,
        url: props.url,
        provider: props.provider,
        secretRef: nameReference(props.secretRef),
        passCredentials: props.passCredentials,
        certSecretRef: nameReference(props.certSecretRef),
        insecure: props.insecure,
      },
    }, { spec: props.spec });
  }
}
