import type { Construct } from 'constructs';
import type { OciRepositorySpec, OciRepositorySpecLayerSelector, OciRepositorySpecVerify } from '../../../imports/source.toolkit.fluxcd.io';
import { FieldChecks } from '../../app/field-checks';
import type { ApiData, ApiPatch } from '../api-data';
import { nameReference, type NameReference } from '../name-reference';
import { DEFAULT_INTERVAL, FluxSource, type FluxSourceProps } from './source';
import { checkOciUrl } from './source-url';

export interface OciRepositoryProps extends FluxSourceProps {
  /** The registry and the repository in it, without a tag: `oci://ghcr.io/team/manifests`. */
  readonly url: string;

  /**
   * The tag to take. A pin may stand here.
   * @default "latest", as Flux has it, where no semver or digest is named
   */
  readonly tag?: string;

  /**
   * A range of versions: the newest tag in it is taken.
   * @default none
   */
  readonly semver?: string;

  /**
   * A regular expression that a tag must match to be looked at for `semver`. Needs Flux 2.3.
   * @default every tag
   */
  readonly semverFilter?: string;

  /**
   * The artifact itself, `sha256:…`, whatever tags point to it.
   * @default none
   */
  readonly digest?: string;

  /**
   * Which layer holds the manifests or the chart, and whether to unpack it.
   * @default the first, unpacked
   */
  readonly layerSelector?: ApiData<OciRepositorySpecLayerSelector>;

  /**
   * Whose registry it is, for logging in without a Secret.
   * @default "generic"
   */
  readonly provider?: 'generic' | 'aws' | 'azure' | 'gcp';

  /**
   * The Secret with the registry's credentials, of type `kubernetes.io/dockerconfigjson`.
   * @default none
   */
  readonly secretRef?: NameReference;

  /**
   * The ServiceAccount whose image pull secrets, or workload identity, log in.
   * @default none
   */
  readonly serviceAccountName?: NameReference;

  /**
   * The Secret with `tls.crt` and `tls.key` of a client, and `ca.crt` of the registry.
   * @default the system's certificates
   */
  readonly certSecretRef?: NameReference;

  /**
   * The Secret with `address`, `username` and `password` of a proxy. Needs Flux 2.4.
   * @default no proxy
   */
  readonly proxySecretRef?: NameReference;

  /**
   * Whether the registry is asked without TLS.
   * @default false
   */
  readonly insecure?: boolean;

  /**
   * What to leave out of the artifact, as in .gitignore.
   * @default what .sourceignore in it says
   */
  readonly ignore?: string;

  /**
   * Whose signatures have to be on the artifact.
   * @default signatures are not looked at
   */
  readonly verify?: ApiData<OciRepositorySpecVerify>;

  /**
   * Merged last over what the other props say; a null is written, which to the API server is a field left out.
   * @default nothing
   */
  readonly spec?: ApiPatch<OciRepositorySpec>;
}

/**
 * Manifests or a chart in a container registry.
 *
 * @example
 * new OciRepository(directory, 'podinfo', { url: 'oci://ghcr.io/stefanprodan/charts/podinfo', semver: '6.x' });
 * @see https://fluxcd.io/flux/components/source/ocirepositories/
 */
export class OciRepository extends FluxSource {
  /** @throws UserError `value-invalid` for a URL that Flux refuses, and for two answers to what to fetch; `duration-invalid`, `field-unknown-to-release` */
  constructor(scope: Construct, id: string, props: OciRepositoryProps) {
    super(scope, id, 'OCIRepository', props);
    const { url, interval = DEFAULT_INTERVAL, timeout, suspend, tag, semver, semverFilter, digest } = props;
    const named = Object.entries({ tag, semver, digest }).filter(([, value]) => value !== undefined);
    checkOciUrl(new FieldChecks(this, this.kind), url)
      .duration('interval', interval).duration('timeout', timeout)
      .require(named.length <= 1, 'value-invalid', `has ${named.map(([prop]) => prop).join(' and ')}, and Flux would look at one of them`, 'leave one')
      .require(semverFilter === undefined || semver !== undefined, 'value-invalid', 'has semverFilter without semver', 'name the range of versions, too: semver: "*"')
      .done();
    const ref = { digest, semver, semverFilter, tag };
    this.define({
      spec: {
        interval,
        timeout,
        suspend,
        url,
        ref: Object.values(ref).every((value) => value === undefined) ? undefined : ref,
        layerSelector: props.layerSelector,
        provider: props.provider,
        secretRef: nameReference(props.secretRef),
        serviceAccountName: nameReference(props.serviceAccountName)?.name,
        certSecretRef: nameReference(props.certSecretRef),
        proxySecretRef: nameReference(props.proxySecretRef),
        insecure: props.insecure,
        ignore: props.ignore,
        verify: props.verify,
      },
    }, { spec: props.spec });
  }
}
