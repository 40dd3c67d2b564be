import type { Directory } from '../../app/directory';
import type { Dependency } from '../flux/dependency';
import type { FluxKustomizationProps } from '../flux/flux-kustomization-props';
import type { GitRepository } from '../flux/git-repository';
import type { ImageRepository } from '../images/image-repository';
import type { ImageUpdateAutomationProps } from '../images/image-update-automation';
import type { PinOptions } from '../images/pin';

export interface EphemeralEnvironmentProps {
  /**
   * The branch whose directories are applied.
   * @default the construct's id
   */
  readonly branch?: string;

  /**
   * The namespace that the environment lives in. Its objects in Flux's namespace are named after it.
   * @default made from the branch: its name where that is a valid one, else what is left of it and a hash
   */
  readonly namespace?: string;

  /** The repository that the branch is in: the URL and the credentials are the same. */
  readonly source: GitRepository;

  /**
   * How often Flux looks for new commits in the branch.
   * @default "1m"
   */
  readonly sourceInterval?: string;

  /**
   * What has to be there before the database, such as rights to read production's backups. Applied first, and waited for.
   * @default none
   */
  readonly infrastructure?: Directory | EnvironmentStep;

  /**
   * The database. Applied second, and waited for.
   * @default none
   */
  readonly database?: Directory | EnvironmentStep;

  /** The application. Applied last; decrypts what SOPS encrypted. */
  readonly application: Directory | EnvironmentStep;

  /**
   * Whether it is being torn down: application and database go, while the infrastructure stays, which they stand on. Take the whole
   * environment out when they are gone. `fluxwright ephemeral remove` does both, one after the other.
   * @default false
   */
  readonly removing?: boolean;

  /**
   * How often each of them is applied again.
   * @default "10m"
   */
  readonly interval?: string;

  /**
   * What has to be Ready before the first of them.
   * @default none
   */
  readonly dependsOn?: readonly Dependency[];

  /**
   * The substitution variable that holds the namespace.
   * @default "BRANCH_NAME"
   */
  readonly variable?: string;

  /**
   * The substitution variable that holds the branch as Git names it. Quote it where it stands: a branch may be called `123`.
   * @default none
   */
  readonly branchVariable?: string;

  /**
   * Further variables.
   * @default none
   */
  readonly substitute?: Readonly<Record<string, string>>;

  /**
   * The image that is built from the branch.
   * @default none - images stay what the directories say
   */
  readonly image?: EnvironmentImage;

  /**
   * Where the image is pinned. `instance`: in the environment's own file; the automation that updates this file does it, the branch
   * needs no edit, and nothing has to be merged back. `branch`: in the branch, by a marker for `policy` in its manifests; the
   * environment gets an automation that commits to the branch.
   * @default "instance"
   */
  readonly pin?: 'instance' | 'branch';

  /**
   * The automation that commits to the branch, with `pin: 'branch'`.
   * @default updates the whole branch every five minutes
   */
  readonly automation?: EnvironmentAutomation;
}

/** One of the directories, with what else its FluxKustomization needs: `decryption: {}` where it has encrypted files. */
export interface EnvironmentStep extends Omit<FluxKustomizationProps, 'applies' | 'source' | 'name'> {
  readonly applies: Directory;

  /**
   * What is put behind the namespace to name it.
   * @default "infra", "postgres", "app"
   */
  readonly name?: string;
}

export interface EnvironmentImage extends PinOptions {
  readonly repository: ImageRepository;

  /**
   * The tag to start from, with `pin: 'instance'`; what is committed has precedence. One of production will do until the branch has its own.
   * @default none
   */
  readonly tag?: string;

  /**
   * The image as the containers name it.
   * @default the repository's image
   */
  readonly container?: string;

  /**
   * What the tags of the branch's images start with.
   * @default the namespace
   */
  readonly tagPrefix?: string;

  /**
   * The pattern of the branch's tags, with a group `ts` to order them by; it gets `tagPrefix`, escaped.
   * @default `<prefix>-<commit>-<time>`, such as "dev-05103d8f-1740413607"
   */
  readonly tagPattern?: (prefix: string) => string;

  /**
   * What is put behind the namespace to name the policy.
   * @default the repository's name
   */
  readonly policyName?: string;
}

export interface EnvironmentAutomation extends Omit<ImageUpdateAutomationProps, 'source' | 'checkoutBranch' | 'checkoutReference' | 'pushBranch' | 'name'> {
  /**
   * What is put behind the namespace to name it.
   * @default "updater"
   */
  readonly name?: string;
}
