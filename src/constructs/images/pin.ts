import { variablesIn } from '../../app/names';
import { UserError } from '../../errors';
import { formatImage, fullRepository, parseImage, type ImageReference } from '../../tree/image-reference';
import { withComment } from '../../yaml/comment';
import { formatHold, formatMarker, type Marker } from '../../yaml/marker';
import type { ImagePolicy } from './image-policy';

export interface PinOptions {
  /**
   * Whether the value stays as it is, whatever Flux finds: `true` keeps what is committed, until code names another value;
   * a string is the value to hold, of a whole image its tag. Take the prop off to let Flux go on from there.
   * @default false - Flux's image automation writes the value
   */
  readonly hold?: boolean | string;
}

/** `registry/name:tag`, marked as a whole. */
export function pinImage(policy: ImagePolicy, image: string, { hold }: PinOptions): string {
  const parsed = parseImage(image);
  checkRepository(policy, parsed.repository, image);
  checkTag(policy, parsed.tag ?? parsed.digest, image);
  return mark(policy, image, {}, typeof hold === 'string' ? formatImage(atTag(parsed, hold)) : hold);
}

/** The image's name alone, `registry/name`. */
export function pinName(policy: ImagePolicy, name: string, { hold }: PinOptions): string {
  checkRepository(policy, name, name);
  return mark(policy, name, { part: 'name' }, hold);
}

/** The tag alone. */
export function pinTag(policy: ImagePolicy, tag: string, { hold }: PinOptions): string {
  checkTag(policy, tag, tag);
  return mark(policy, tag, { part: 'tag' }, hold);
}

/** The digest alone, `sha256:…`. */
export function pinDigest(policy: ImagePolicy, digest: string, { hold }: PinOptions): string {
  if (!digest.includes(':')) {
    throw new UserError('value-invalid', `ImagePolicy "${policy.node.path}" pins the digest "${digest}", which is none`, 'write the algorithm and the hash, such as "sha256:…"');
  }
  return mark(policy, digest, { part: 'digest' }, hold);
}

function mark(policy: ImagePolicy, value: string, part: Pick<Marker, 'part'>, hold: boolean | string | undefined): string {
  if (variablesIn(`${policy.namespace}:${policy.name}`).length > 0) {
    throw new UserError('marker-without-policy', `ImagePolicy "${policy.node.path}" pins "${value}" and is called "${policy.name}" in ${policy.namespace}: Flux reads the marker before it substitutes`, 'name a policy without variables');
  }
  const marker: Marker = { policy: `${policy.namespace}:${policy.name}`, ...part };
  if (typeof hold === 'string') return withComment(hold, formatHold({ literal: hold, exact: true, marker }));
  return withComment(value, hold === true ? formatHold({ literal: value, marker }) : formatMarker(marker));
}

/** `hold` may be a tag, or a tag with its digest. */
function atTag({ repository }: ImageReference, hold: string): ImageReference {
  const { repository: tag, digest } = parseImage(hold);
  return { repository, tag, digest };
}

function checkTag(policy: ImagePolicy, tag: string | undefined, value: string): void {
  if (tag !== undefined && tag !== '' && tag !== 'latest') return;
  throw new UserError('value-invalid', `ImagePolicy "${policy.node.path}" pins "${value}", which says nothing about where to start`, 'name a tag that the registry has: it is deployed until Flux finds a newer one');
}

function checkRepository(policy: ImagePolicy, name: string, value: string): void {
  const { node, image } = policy.repository;
  if (fullRepository(name) === fullRepository(image)) return;
  throw new UserError('reference-invalid', `ImagePolicy "${policy.node.path}" pins "${value}", but its ImageRepository "${node.path}" is about "${image}"`, `pin a tag of "${image}", or use a policy of the other image`);
}
