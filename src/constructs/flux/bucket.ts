import type { Construct } from 'constructs';
import type { BucketSpec, BucketSpecSts } from '../../../imports/source.toolkit.fluxcd.io';
import { FieldChecks } from '../../app/field-checks';
import type { ApiData, ApiPatch } from '../api-data';
import { nameReference, type NameReference } from '../name-reference';
import { DEFAULT_INTERVAL, FluxSource, type FluxSourceProps } from './source';
import { checkEndpoint } from './source-url';

export interface BucketProps extends FluxSourceProps {
  readonly bucketName: string;

  /** The host of the object store, without a scheme: `storage.googleapis.com`, `minio.example.com:9000`. */
  readonly endpoint: string;

  /**
   * Whose object store it is, for logging in without a Secret.
   * @default "generic" - anything that speaks S3
   */
  readonly provider?: 'generic' | 'aws' | 'azure' | 'gcp';

  /**
   * The bucket's region.
   * @default none
   */
  readonly region?: string;

  /**
   * Only what lies below this path is fetched. Needs Flux 2.2.
   * @default the whole bucket
   */
  readonly prefix?: string;

  /**
   * The Secret with `accesskey` and `secretkey`.
   * @default none
   */
  readonly secretRef?: NameReference;

  /**
   * The ServiceAccount whose workload identity logs in. Needs Flux 2.7.
   * @default the controller's
   */
  readonly serviceAccountName?: NameReference;

  /**
   * The Secret with `tls.crt` and `tls.key` of a client, and `ca.crt` of the server. Needs Flux 2.4.
   * @default the system's certificates
   */
  readonly certSecretRef?: NameReference;

  /**
   * The Secret with `address`, `username` and `password` of a proxy. Needs Flux 2.4.
   * @default no proxy
   */
  readonly proxySecretRef?: NameReference;

  /**
   * A service that gives out credentials that expire. Needs Flux 2.4.
   * @default none
   */
  readonly sts?: ApiData<BucketSpecSts>;

  /**
   * Whether the store is asked without TLS.
   * @default false
   */
  readonly insecure?: boolean;

  /**
   * What to leave out of the artifact, as in .gitignore.
   * @default what .sourceignore in it says
   */
  readonly ignore?: string;

  /**
   * Merged last over what the other props say; a null is written, which to the API server is a field left out.
   * @default nothing
   */
  readonly spec?: ApiPatch<BucketSpec>;
}

/**
 * Manifests in an object store.
 *
 * @example
 * new Bucket(directory, 'manifests', { bucketName: 'manifests', endpoint: 'storage.googleapis.com', provider: 'gcp' });
 * @see https://fluxcd.io/flux/components/source/buckets/
 */
export class Bucket extends FluxSource {
  /** @throws UserError `value-invalid` for an endpoint with a scheme; `duration-invalid`, `field-unknown-to-release` */
  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id, 'Bucket', props);
    const { interval = DEFAULT_INTERVAL, timeout, suspend, bucketName, endpoint } = props;
    checkEndpoint(new FieldChecks(this, this.kind), endpoint).duration('interval', interval).duration('timeout', timeout).done();
    this.define({
      spec: {
        interval,
        timeout,
        suspend,
        provider: props.provider,
        bucketName,
        endpoint,
        region: props.region,
        prefix: props.prefix,
        secretRef: nameReference(props.secretRef),
        serviceAccountName: nameReference(props.serviceAccountName)?.name,
        certSecretRef: nameReference(props.certSecretRef),
        proxySecretRef: nameReference(props.proxySecretRef),
        sts: props.sts,
        insecure: props.insecure,
        ignore: props.ignore,
      },
    }, { spec: props.spec });
  }
}
