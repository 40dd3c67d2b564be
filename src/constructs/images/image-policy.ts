import type { Construct } from 'constructs';
import type { ImagePolicySpec } from '../../../imports/image.toolkit.fluxcd.io';
import { FieldChecks } from '../../app/field-checks';
import { addModelCheck } from '../../app/model-check';
import { variablesIn } from '../../app/names';
import { compileRe2, unknownGroups } from '../../flux/re2';
import { isSemverRange } from '../../flux/semver-range';
import type { ApiPatch } from '../api-data';
import type { ApiResourceProps } from '../api-resource';
import { FluxResource } from '../flux/flux-resource';
import { unreachedPolicy } from './automation-reach';
import type { ImageRepository } from './image-repository';
import { pinDigest, pinImage, pinName, pinTag, type PinOptions } from './pin';

export interface ImagePolicyProps extends ApiResourceProps {
  /** The image whose tags it chooses from. */
  readonly repository: ImageRepository;

  /**
   * Take the highest version in a range: `">=1.0"`, `"1.x"`. One of `semver`, `numerical` and `alphabetical` must be set.
   * @default none
   */
  readonly semver?: string;

  /**
   * Take the last tag by number: the highest (`asc`) or the lowest (`desc`).
   * @default none
   */
  readonly numerical?: 'asc' | 'desc';

  /**
   * Take the last tag by alphabet: the last (`asc`) or the first (`desc`).
   * @default none
   */
  readonly alphabetical?: 'asc' | 'desc';

  /**
   * Which tags to look at, and what of them to sort by. The pattern is Go's (RE2); anchor it with `^` and `$`.
   * @default all tags, as they are
   */
  readonly filterTags?: {
    readonly pattern: string;
    /** The part to sort by, made of the pattern's groups: `$ts` for `(?P<ts>…)`. */
    readonly extract?: string;
  };

  /**
   * Whether the digest of the chosen tag is looked up: never, once, or again at each `interval`.
   * @default "Never"
   */
  readonly digestReflectionPolicy?: 'Always' | 'IfNotPresent' | 'Never';

  /**
   * How often the digest is looked up, with `digestReflectionPolicy: 'Always'` only.
   * @default none
   */
  readonly interval?: string;

  /**
   * Whether Flux leaves it alone for now.
   * @default false
   */
  readonly suspend?: boolean;

  /** Whatever else its CRD has, merged over the rest. */
  readonly spec?: ApiPatch<ImagePolicySpec>;
}

/**
 * An ImagePolicy: which tag of an image is the one to deploy. `pin` marks the values that Flux's image automation
 * then writes into the committed tree.
 *
 * @example
 * const policy = new ImagePolicy(directory, 'server', { repository, semver: '>=1.0' });
 * const image = policy.pin('ghcr.io/example/server:1.0.0'); // for a container's image, or any other string
 * @see https://fluxcd.io/flux/components/image/imagepolicies/
 */
export class ImagePolicy extends FluxResource {
  readonly repository: ImageRepository;
  private isPinned = false;

  /**
   * @throws UserError `value-invalid` for a range or pattern that Flux refuses, `reference-invalid` for an `extract` without its
   * group, `policy-in-other-namespace` for one that may not use its repository
   */
  constructor(scope: Construct, id: string, props: ImagePolicyProps) {
    const { repository } = props;
    super(scope, id, 'ImagePolicy', { ...props, namespace: props.namespace ?? repository.namespace });
    this.repository = repository;
    const ways = (['semver', 'numerical', 'alphabetical'] as const).filter((way) => props[way] !== undefined);
    const isAway = repository.namespace !== this.namespace;
    const checks = new FieldChecks(this, 'ImagePolicy')
      .duration('interval', props.interval)
      .require(ways.length === 1, 'value-invalid', ways.length === 0 ? 'does not say how to order tags' : `orders tags by ${ways.join(' and ')}`, "set one of semver: '>=1.0', numerical: 'asc' and alphabetical: 'asc'")
      .require((props.digestReflectionPolicy === 'Always') === (props.interval !== undefined), 'value-invalid', `has the interval ${JSON.stringify(props.interval)} and digestReflectionPolicy ${JSON.stringify(props.digestReflectionPolicy)}`, "set both interval and digestReflectionPolicy: 'Always', or no interval")
      .require(!isAway || repository.isShared, 'policy-in-other-namespace', `lives in ${this.namespace} and its ImageRepository "${repository.node.path}" in ${repository.namespace}`, 'leave its namespace out, or give the repository accessFrom');
    if (props.semver !== undefined && variablesIn(props.semver).length === 0) {
      checks.require(isSemverRange(props.semver), 'value-invalid', `has the range "${props.semver}"`, 'write versions with operators, such as ">=1.0 <2.0" or "1.x"');
    }
    checkFilter(checks, props.filterTags);
    checks.done();
    addModelCheck(this, () => (this.isPinned ? unreachedPolicy(this) : []));
    this.define(
      {
        spec: {
          imageRepositoryRef: { name: repository.name, namespace: isAway ? repository.namespace : undefined },
          filterTags: props.filterTags && { pattern: props.filterTags.pattern, extract: props.filterTags.extract },
          policy: {
            semver: props.semver === undefined ? undefined : { range: props.semver },
            numerical: props.numerical && { order: props.numerical },
            alphabetical: props.alphabetical && { order: props.alphabetical },
          },
          digestReflectionPolicy: props.digestReflectionPolicy,
          interval: props.interval,
          suspend: props.suspend,
        },
      },
      { spec: props.spec },
    );
  }

  /**
   * A whole image that Flux keeps up to date: a container's image, a CNPG imageName, any other string.
   * @param image where it starts; what is committed has precedence
   * @throws UserError `value-invalid` without a tag, `reference-invalid` for another repository's image
   */
  pin(image: string, options: PinOptions = {}): string {
    this.isPinned ||= options.hold === undefined || options.hold === false;
    return pinImage(this, image, options);
  }

  /** The same for the image's name alone: `newName` of a kustomization's image, `repository` in the values of a chart. */
  pinName(name: string, options: PinOptions = {}): string {
    this.isPinned ||= options.hold === undefined || options.hold === false;
    return pinName(this, name, options);
  }

  /** The same for the tag alone: `newTag` of a kustomization's image, `tag` in the values of a chart. */
  pinTag(tag: string, options: PinOptions = {}): string {
    this.isPinned ||= options.hold === undefined || options.hold === false;
    return pinTag(this, tag, options);
  }

  /** The same for the digest alone; the policy needs a `digestReflectionPolicy`. */
  pinDigest(digest: string, options: PinOptions = {}): string {
    this.isPinned ||= options.hold === undefined || options.hold === false;
    return pinDigest(this, digest, options);
  }
}

function checkFilter(checks: FieldChecks, filter: ImagePolicyProps['filterTags']): void {
  if (filter === undefined) return;
  let pattern: RegExp;
  try {
    pattern = compileRe2(filter.pattern);
  } catch (error) {
    checks.require(false, 'value-invalid', `has the tag pattern "${filter.pattern}": ${(error as Error).message}`, 'write a regular expression as RE2 reads it');
    return;
  }
  const unknown = filter.extract === undefined ? [] : unknownGroups(pattern, filter.extract);
  checks.require(unknown.length === 0, 'reference-invalid', `extracts "${filter.extract}", and ${unknown.join(', ')} is no group of its pattern "${filter.pattern}"`, 'name a group of the pattern, such as $ts for (?P<ts>.*)');
}
