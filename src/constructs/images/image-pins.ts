import type { IConstruct } from 'constructs';
import type { DirectoryProps } from '../../app/directory';
import type { KustomizeImage } from '../../app/kustomization-file';
import { parseImage } from '../../tree/image-reference';
import { Component } from '../kustomize/component';
import type { ImagePolicy } from './image-policy';
import type { PinOptions } from './pin';

export interface ImagePin extends PinOptions {
  /** The policy that chooses the tag. */
  readonly policy: ImagePolicy;

  /** The tag to start from; what is committed has precedence. */
  readonly tag: string;

  /**
   * The image as the containers name it, which is replaced.
   * @default the image of the policy's repository
   */
  readonly name?: string;
}

export interface ImagePinsProps extends Pick<DirectoryProps, 'path'> {
  readonly pins: readonly ImagePin[];
}

/**
 * A component that holds nothing but pinned images: Flux's commits, and everyone else's that move a tag, touch one small file.
 * Containers name their image without caring for the tag; a directory takes the pins in with `components`.
 *
 * @example
 * const images = new ImagePins(app, 'images', { pins: [{ policy, tag: '1.0.0' }] });
 * new NamespaceDirectory(app, 'server', { components: [images] });
 */
export class ImagePins extends Component {
  /** @throws UserError `value-invalid`, `reference-invalid` as for `ImagePolicy.pinTag` */
  constructor(scope: IConstruct, id: string, { path, pins }: ImagePinsProps) {
    super(scope, id, { path, images: pins.map(pinnedImage) });
  }
}

/** The entry of `images:` that a pin is. */
export function pinnedImage({ policy, tag, name, hold }: ImagePin): KustomizeImage {
  const { image } = policy.repository;
  const { repository } = parseImage(name ?? image);
  return {
    name: repository,
    newName: repository === image ? undefined : policy.pinName(image, { hold: typeof hold === 'string' ? undefined : hold }),
    newTag: policy.pinTag(tag, { hold }),
  };
}
