import { parseImage, type ImageReference } from '../tree/image-reference';

/** A version of something that runs in a cluster, as a file says it. */
export interface Version {
  readonly type: 'image' | 'chart' | 'source';
  /** What it is a version of: the repository of an image, the name of a chart, the URL of a source. */
  readonly name: string;
  /** `1.4.2`, `1.4.2@sha256:…`; '' for an image without one. */
  readonly version: string;
  /** Which document says it: `Deployment web/server`; '' where it has no name. */
  readonly object: string;
  /** Such as `spec.template.spec.containers[name=server].image`. */
  readonly field: string;
  /** The ImagePolicy whose marker stands behind it, as `namespace:name`. */
  readonly policy?: string;
}

export function imageVersion(text: string): Pick<Version, 'name' | 'version'> {
  return versionOf(parseImage(text));
}

export function versionOf({ repository, tag, digest }: ImageReference): Pick<Version, 'name' | 'version'> {
  return { name: repository, version: `${tag ?? ''}${digest === undefined ? '' : `@${digest}`}` };
}

/** Whether a name of an image is meant by what somebody typed: all of it, or its last steps. */
export function isNamed({ name }: Pick<Version, 'name'>, wanted: string): boolean {
  return name === wanted || name.endsWith(`/${wanted}`);
}
