import type { Construct } from 'constructs';
import type { GitRepositorySpec, GitRepositorySpecVerify } from '../../../imports/source.toolkit.fluxcd.io';
import { FieldChecks } from '../../app/field-checks';
import type { ApiData, ApiPatch } from '../api-data';
import { nameReference, type NameReference } from '../name-reference';
import { DEFAULT_INTERVAL, FluxSource, type FluxSourceProps } from './source';
import { checkGitUrl } from './source-url';

export interface GitRepositoryProps extends FluxSourceProps {
  /** Where the repository is: `ssh://git@example.com/team/platform` or `https://example.com/team/platform`. */
  readonly url: string;

  /**
   * The branch to follow.
   * @default "master", as Flux has it, where no tag, semver, refName or commit is named
   */
  readonly branch?: string;

  /**
   * The tag to take.
   * @default none
   */
  readonly tag?: string;

  /**
   * A range of versions: the newest tag in it is taken, such as `">=1.0.0 <2.0.0"`.
   * @default none
   */
  readonly semver?: string;

  /**
   * A Git reference, such as `refs/pull/420/head`.
   * @default none
   */
  readonly refName?: string;

  /**
   * A commit. With `branch` Flux looks for it there alone, which is faster.
   * @default none
   */
  readonly commit?: string;

  /**
   * The Secret with the credentials: `identity` and `known_hosts` for SSH, `username` and `password` or `bearerToken` for HTTPS.
   * @default none: the repository is public
   */
  readonly secretRef?: NameReference;

  /**
   * Whose way to log in it is, where there is more than a Secret to it. Needs Flux 2.4; `github` 2.5, `aws` 2.9.
   * @default "generic"
   */
  readonly provider?: 'generic' | 'aws' | 'azure' | 'github';

  /**
   * The ServiceAccount whose workload identity logs in, for `aws` and `azure`. Needs Flux 2.7.
   * @default the controller's
   */
  readonly serviceAccountName?: NameReference;

  /**
   * The Secret with `address`, `username` and `password` of a proxy.
   * @default no proxy
   */
  readonly proxySecretRef?: NameReference;

  /**
   * What to leave out of the artifact, as in .gitignore.
   * @default what .sourceignore in the repository says, and what Flux leaves out anyway
   */
  readonly ignore?: string;

  /**
   * Other repositories whose files are put beside these.
   * @default none
   */
  readonly include?: readonly GitRepositoryInclude[];

  /**
   * Whether submodules are fetched, too, with the same credentials.
   * @default false
   */
  readonly recurseSubmodules?: boolean;

  /**
   * The directories to fetch instead of all. Needs Flux 2.6.
   * @default all
   */
  readonly sparseCheckout?: readonly string[];

  /**
   * Whose signatures have to be on the commit, the tag or both.
   * @default signatures are not looked at
   */
  readonly verify?: ApiData<GitRepositorySpecVerify>;

  /**
   * Merged last over what the other props say; a null is written, which to the API server is a field left out.
   * @default nothing
   */
  readonly spec?: ApiPatch<GitRepositorySpec>;
}

export interface GitRepositoryInclude {
  /** The other GitRepository, of the same namespace. */
  readonly repository: NameReference;
  /** @default "/" - all of it */
  readonly fromPath?: string;
  /** @default a directory named like the repository's object */
  readonly toPath?: string;
}

/**
 * A Git repository that Flux fetches.
 *
 * @example
 * new GitRepository(directory, 'platform', { url: 'ssh://git@example.com/team/platform', branch: 'main', secretRef: 'deploy-key' });
 * @see https://fluxcd.io/flux/components/source/gitrepositories/
 */
export class GitRepository extends FluxSource {
  /** Where it is and how to log in: what another object takes to follow another branch of it. */
  readonly access: Pick<GitRepositoryProps, 'url' | 'provider' | 'secretRef' | 'serviceAccountName' | 'proxySecretRef'>;

  /** @throws UserError `value-invalid` for a URL that Flux refuses, and for two answers to what to fetch; `duration-invalid`, `field-unknown-to-release` */
  constructor(scope: Construct, id: string, props: GitRepositoryProps) {
    super(scope, id, 'GitRepository', props);
    const { provider, secretRef, serviceAccountName, proxySecretRef } = props;
    this.access = { url: props.url, provider, secretRef, serviceAccountName, proxySecretRef };
    const { url, interval = DEFAULT_INTERVAL, timeout, suspend, branch, tag, semver, refName, commit } = props;
    const named = Object.entries({ branch: commit === undefined ? branch : undefined, tag, semver, refName, commit }).filter(([, value]) => value !== undefined);
    checkGitUrl(new FieldChecks(this, this.kind), url)
      .duration('interval', interval).duration('timeout', timeout)
      .require(named.length <= 1, 'value-invalid', `has ${named.map(([prop]) => prop).join(' and ')}, and Flux would look at one of them`, 'leave one')
      .done();
    const ref = { branch, tag, semver, name: refName, commit };
    this.define({
      spec: {
        interval,
        timeout,
        suspend,
        url,
        ref: Object.values(ref).every((value) => value === undefined) ? undefined : ref,
        provider: props.provider,
        secretRef: nameReference(props.secretRef),
        serviceAccountName: nameReference(props.serviceAccountName)?.name,
        proxySecretRef: nameReference(props.proxySecretRef),
        ignore: props.ignore,
        include: props.include?.map(({ repository, fromPath, toPath }) => ({ repository: nameReference(repository), fromPath, toPath })),
        recurseSubmodules: props.recurseSubmodules,
        sparseCheckout: props.sparseCheckout,
        verify: props.verify,
      },
    }, { spec: props.spec });
  }
}
