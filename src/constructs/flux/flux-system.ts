import type { GitRepositorySpec } from '../../../imports/source.toolkit.fluxcd.io';
import type { KustomizationSpec } from '../../../imports/kustomize.toolkit.fluxcd.io';
import type { Cluster } from '../../app/cluster';
import { Directory, type DirectoryProps } from '../../app/directory';
import type { KustomizationFile } from '../../app/kustomization-file';
import { addModelCheck } from '../../app/model-check';
import { YamlFile } from '../../app/yaml-file';
import { UserError } from '../../errors';
import { relativePath } from '../../tree/path';
import type { ApiPatch } from '../api-data';
import { nameReference, type NameReference } from '../name-reference';
import { FluxKustomization } from './flux-kustomization';
import type { Decryption } from './flux-kustomization-props';
import { GitRepository } from './git-repository';
import { GotkComponents } from './gotk-components';
import { inlinePatch, type InlinePatch } from './inline-patch';
import { appliesAny } from './kustomization-problems';
import { directoriesAppliedBy, fluxKustomizationsOf } from './kustomizations-applying';
import { syncFilesOf } from './sync-files';

export interface FluxSystemProps extends Pick<DirectoryProps, 'resources'> {
  /** Where Flux finds the tree: `ssh://git@example.com/team/platform`, or with `https://`. */
  readonly url: string;

  /**
   * The branch that Flux follows.
   * @default "main"
   */
  readonly branch?: string;

  /**
   * The Secret with the credentials, which `flux bootstrap` makes.
   * @default the one that is named like Flux's namespace; null for a public repository
   */
  readonly secretRef?: NameReference | null;

  /**
   * Where the directory lies, from the cluster's.
   * @default the construct's id
   */
  readonly path?: string;

  /**
   * The directory that Flux starts from, which holds this one: what `flux bootstrap --path` names. It needs no
   * kustomization.yaml: Flux applies every YAML file below it, so what stands there is applied with the commit that brings it.
   * @default this directory alone
   */
  readonly applies?: Directory;

  /**
   * Who applies the sync files of the cluster's namespaces, `<namespace>/sync.yaml`:
   *
   * - `by-flux`: the kustomization.yaml here lists them, so that a new namespace, or a changed `dependsOn`, is applied with
   *   the commit that brings it. Then flux-system does not `wait`, and nothing that it applies may depend on it.
   * - `by-hand`: somebody runs `kubectl apply -f <namespace>/sync.yaml`. Then flux-system waits for Flux itself to be
   *   ready, and others may depend on it.
   * @default "by-flux"
   */
  readonly syncFiles?: 'by-flux' | 'by-hand';

  /**
   * Whether flux-system is Ready only once all that it applies is.
   * @default true for sync files that are applied by hand, else false, which is the only way that works
   */
  readonly wait?: boolean;

  /**
   * Changes to the controllers, in the order in which they are applied: a ServiceAccount's annotations, a Deployment's arguments.
   * @default none
   */
  readonly patches?: readonly InlinePatch[];

  /**
   * How often Flux looks for new commits.
   * @default "1m", as `flux bootstrap` has it
   */
  readonly sourceInterval?: string;

  /**
   * How often flux-system is applied again although nothing has changed.
   * @default "10m"
   */
  readonly interval?: string;

  /**
   * How to decrypt what SOPS encrypted in this directory.
   * @default nothing is decrypted
   */
  readonly decryption?: Decryption;

  /**
   * Merged last into the spec of the GitRepository.
   * @default nothing
   */
  readonly sourceSpec?: ApiPatch<GitRepositorySpec>;

  /**
   * Merged last into the spec of the Kustomization.
   * @default nothing
   */
  readonly kustomizationSpec?: ApiPatch<KustomizationSpec>;
}

/**
 * The directory that `flux bootstrap` installs Flux from: gotk-components.yaml, which bootstrap writes and owns (an empty
 * one until then), gotk-sync.yaml with the source and the Kustomization that Flux starts from, and patches of the controllers.
 * It names the cluster's source, so make it before the cluster's Kustomizations.
 *
 * @example
 * const flux = new FluxSystem(cluster, 'flux-system', {
 *   url: 'ssh://git@example.com/team/platform',
 *   patches: [{ patch: partOf(k8s.KubeServiceAccount, { metadata: { name: 'kustomize-controller', annotations: { … } } }) }],
 * });
 * @see https://fluxcd.io/flux/installation/configuration/boostrap-customization/
 */
export class FluxSystem extends Directory {
  /** The source that Flux starts from. */
  readonly source: GitRepository;

  /** The Kustomization that Flux starts from. */
  readonly kustomization: FluxKustomization;

  private readonly cluster: Cluster;
  private readonly patches: KustomizationFile['patches'];
  private readonly appliesSyncFiles: boolean;

  /**
   * @throws UserError `depends-on-deadlock` for one that waits and applies the sync files, `release-mismatch` where another
   * Flux is bootstrapped than the cluster is for, `reference-invalid` for a starting point elsewhere, `value-invalid`, `duration-invalid`, `patch-invalid`
   */
  constructor(scope: Cluster, id: string, props: FluxSystemProps) {
    super(scope, id, { path: props.path, resources: props.resources });
    const { url, branch = 'main', sourceInterval = '1m', interval, decryption, syncFiles = 'by-flux' } = props;
    this.cluster = scope;
    this.appliesSyncFiles = syncFiles === 'by-flux';
    this.patches = props.patches?.map((patch, index) => inlinePatch(`FluxSystem "${this.node.path}" patches[${index}]`, patch));
    new GotkComponents(this, 'gotk-components');
    const sync = new YamlFile(this, 'gotk-sync');
    const name = scope.fluxNamespace;
    const secretRef = nameReference(props.secretRef === undefined ? name : props.secretRef ?? undefined);
    this.source = new GitRepository(sync, 'source', { name, url, branch, secretRef, interval: sourceInterval, spec: props.sourceSpec });
    scope.source = this.source.sourceReference;
    const wait = props.wait ?? (this.appliesSyncFiles ? undefined : true);
    // no substitution: Flux's own CRDs, and the sync files, may say ${…} and mean it
    const kustomization = { name, applies: this.startingPoint(props.applies), interval, decryption, wait, substitute: null, spec: props.kustomizationSpec };
    this.kustomization = new FluxKustomization(sync, 'kustomization', kustomization);
    if (this.appliesSyncFiles && this.kustomization.waits) {
      throw new UserError('depends-on-deadlock', `FluxSystem "${this.node.path}" waits for all that it applies, which is every Kustomization of the cluster: it would wait for ever for those that wait for others`, 'leave out wait, or keep the sync files out of it: syncFiles: \'by-hand\'');
    }
    addModelCheck(this, () => this.dependents());
  }

  /** What a Kustomization that needs Flux itself to be complete depends on: nothing where flux-system applies it. */
  get dependencies(): readonly FluxKustomization[] {
    return this.appliesSyncFiles ? [] : [this.kustomization];
  }

  override kustomizationParts(): readonly KustomizationFile[] {
    const syncFiles = this.appliesSyncFiles ? syncFilesOf(this.cluster).map((file) => relativePath(this.path, file)) : [];
    return [...super.kustomizationParts(), { resources: syncFiles, patches: this.patches }];
  }

  /** Flux would uninstall itself if what it starts from did not hold it. */
  private startingPoint(applies: Directory = this): Directory {
    if (applies === this || applies.path === '' || this.path.startsWith(`${applies.path}/`)) return applies;
    throw new UserError('reference-invalid', `FluxSystem "${this.node.path}" in ${this.path} starts from ${applies.path}, which does not hold it, so that Flux would delete itself`, 'name a directory above it, or leave out applies');
  }

  /** Seen with the real controller: it applies nothing of one that depends on it, until it is ready itself. */
  private dependents(): UserError[] {
    if (!this.appliesSyncFiles) return [];
    const { name, namespace } = this.kustomization;
    const dependents = fluxKustomizationsOf(this).filter((one) =>
      one.dependsOnReferences.some((other) => other.name === name && (other.namespace ?? one.namespace) === namespace));
    const isApplied = appliesAny(dependents.length === 0 ? [] : directoriesAppliedBy(this.kustomization));
    return dependents.filter(isApplied).map((one) => new UserError(
      'depends-on-deadlock',
      `Kustomization "${one.node.path}" depends on ${name}, which applies it and is not ready before it`,
      `drop the dependsOn (dependencies of the FluxSystem is empty for this), or keep the sync files out of it: syncFiles: 'by-hand'`,
    ));
  }
}
