import type { Construct } from 'constructs';
import type { ImageRepositorySpec } from '../../../imports/image.toolkit.fluxcd.io';
import { FieldChecks } from '../../app/field-checks';
import { parseImage } from '../../tree/image-reference';
import type { ApiPatch } from '../api-data';
import type { ApiResourceProps } from '../api-resource';
import { FluxResource } from '../flux/flux-resource';
import { nameOf, nameReference, type NameReference } from '../name-reference';

export interface ImageRepositoryProps extends ApiResourceProps {
  /** The image, with its registry and without tag: `ghcr.io/example/server`. */
  readonly image: string;

  /**
   * How often its tags are listed.
   * @default "1m"
   */
  readonly interval?: string;

  /**
   * How long listing them may take.
   * @default the interval
   */
  readonly timeout?: string;

  /**
   * How to log in to the registry: with `secretRef` or not at all (`generic`), or as the workload identity of a cloud.
   * @default "generic"
   */
  readonly provider?: 'generic' | 'aws' | 'azure' | 'gcp';

  /**
   * The Secret (type `kubernetes.io/dockerconfigjson`) to log in with, in the same namespace.
   * @default none - the image is public, or `provider` logs in
   */
  readonly secretRef?: NameReference;

  /**
   * The ServiceAccount whose pull secrets, or whose cloud identity, to log in with.
   * @default none
   */
  readonly serviceAccountName?: string;

  /**
   * The Secret with the registry's own certificate authority (`ca.crt`) or a client certificate (`tls.crt`, `tls.key`).
   * @default none - the authorities that every system knows
   */
  readonly certSecretRef?: NameReference;

  /**
   * The Secret with the `address` of the proxy to go through, and perhaps `username` and `password`.
   * @default none
   */
  readonly proxySecretRef?: NameReference;

  /**
   * Whether to speak plain HTTP to the registry.
   * @default false
   */
  readonly insecure?: boolean;

  /**
   * Tags to leave out, as regular expressions.
   * @default ["^.*\\.sig$"] - Cosign's signatures, as Flux does
   */
  readonly exclusionList?: readonly string[];

  /**
   * The namespaces whose policies may use it, by their labels; `[{}]` is all of them.
   * @default only its own
   */
  readonly accessFrom?: readonly Readonly<Record<string, string>>[];

  /**
   * Whether Flux leaves it alone for now.
   * @default false
   */
  readonly suspend?: boolean;

  /** Whatever else its CRD has, merged over the rest. */
  readonly spec?: ApiPatch<ImageRepositorySpec>;
}

/**
 * An ImageRepository: Flux lists the tags of one image.
 *
 * @example
 * const server = new ImageRepository(directory, 'server', { image: 'ghcr.io/example/server', provider: 'gcp' });
 * @see https://fluxcd.io/flux/components/image/imagerepositories/
 */
export class ImageRepository extends FluxResource {
  readonly image: string;

  /** Whether policies in other namespaces may use it. */
  readonly isShared: boolean;

  /** @throws UserError `value-invalid` for an image with a tag or a scheme, `duration-invalid` */
  constructor(scope: Construct, id: string, props: ImageRepositoryProps) {
    super(scope, id, 'ImageRepository', props);
    this.image = props.image;
    this.isShared = props.accessFrom !== undefined;
    const { repository, tag, digest } = parseImage(props.image);
    new FieldChecks(this, 'ImageRepository')
      .duration('interval', props.interval)
      .duration('timeout', props.timeout)
      .name(nameOf(props.secretRef), 'secretRef')
      .name(nameOf(props.certSecretRef), 'certSecretRef')
      .name(nameOf(props.proxySecretRef), 'proxySecretRef')
      .require(tag === undefined && digest === undefined, 'value-invalid', `has the image "${props.image}", and is about all of its tags`, `write "${repository}"`)
      .require(!props.image.includes('://'), 'value-invalid', `has the image "${props.image}", which starts with a scheme`, `write "${props.image.replace(/^.*:\/\//, '')}"`)
      .done();
    this.define(
      {
        spec: {
          image: props.image,
          interval: props.interval ?? '1m',
          timeout: props.timeout,
          provider: props.provider,
          secretRef: nameReference(props.secretRef),
          serviceAccountName: props.serviceAccountName,
          certSecretRef: nameReference(props.certSecretRef),
          proxySecretRef: nameReference(props.proxySecretRef),
          insecure: props.insecure,
          exclusionList: props.exclusionList,
          accessFrom: props.accessFrom && { namespaceSelectors: props.accessFrom.map((matchLabels) => (Object.keys(matchLabels).length === 0 ? {} : { matchLabels })) },
          suspend: props.suspend,
        },
      },
      { spec: props.spec },
    );
  }
}
