import type { Construct } from 'constructs';
import { FieldChecks } from '../../app/field-checks';
import type { GitRepositorySpec } from '../../../imports/source.toolkit.fluxcd.io';
import type { ApiPatch } from '../api-data';
import type { ApiResourceProps } from '../api-resource';
import { FluxSource, localReference, type LocalReference } from './source';

export interface GitRepositoryProps extends ApiResourceProps {
  /** Where the repository is: `ssh://git@example.com/team/platform` or `https://example.com/team/platform`. */
  readonly url: string;

  /** @default "master", as Flux does */
  readonly branch?: string;

  /**
   * How often Flux looks for new commits.
   * @default "10m"
   */
  readonly interval?: string;

  /** The Secret with the credentials. @default none: a public repository */
  readonly secretRef?: LocalReference;

  /** Merged last over what the props say; a null takes a field out. */
  readonly spec?: ApiPatch<GitRepositorySpec>;
}

/** A Git repository that Flux fetches. */
export class GitRepository extends FluxSource {
  constructor(scope: Construct, id: string, props: GitRepositoryProps) {
    super(scope, id, 'GitRepository', props);
    const { url, interval = '10m', branch } = props;
    new FieldChecks(this, this.kind).duration('interval', interval).done();
    this.define({ spec: { interval, url, ref: branch === undefined ? undefined : { branch }, secretRef: localReference(props.secretRef) } }, { spec: props.spec });
  }
}
