import { Directory } from '../../app/directory';
import { FieldChecks } from '../../app/field-checks';
import { addModelCheck } from '../../app/model-check';
import { YamlFile } from '../../app/yaml-file';
import { FluxKustomization } from '../flux/flux-kustomization';
import { GitRepository } from '../flux/git-repository';
import { pinnedImage } from '../images/image-pins';
import { ImagePolicy } from '../images/image-policy';
import { ImageUpdateAutomation } from '../images/image-update-automation';
import { claimNamespace, takenNamespace } from './environment-namespaces';
import type { EnvironmentImage, EnvironmentStep, EphemeralEnvironmentProps } from './ephemeral-environment-props';
import { branchTagPattern, escapeRe2 } from './tag-pattern';

/**
 * A branch's own environment, in one file of the directory of instances: deleting the construct tears everything down.
 *
 * Flux fetches the branch and applies its directories one after the other, infrastructure, database, application, with the
 * environment's namespace for `${BRANCH_NAME}` in their objects.
 *
 * @example
 * new EphemeralEnvironment(instances, 'feature/search', { source: flux.source, database, application, image: { repository, tag: '1.0.0' } });
 */
export class EphemeralEnvironment extends YamlFile {
  readonly branch: string;

  /** Where the environment's objects live. */
  readonly namespace: string;

  /** The branch, as Flux fetches it. */
  readonly source: GitRepository;

  /** Chooses among the branch's images. Manifests in the branch pin with it where that is the branch's business. */
  readonly policy: ImagePolicy | undefined;

  /** What is applied, in this order. */
  readonly kustomizations: readonly FluxKustomization[];

  /**
   * @throws UserError `branch-unusable` for a branch that makes no namespace, or one that another environment has;
   * `value-invalid` for a pin without a tag to start from
   */
  constructor(scope: Directory, id: string, private readonly options: EphemeralEnvironmentProps) {
    super(scope, id);
    this.branch = options.branch ?? id;
    const steps = stepsOf(options);
    const isRemoved = options.removing === true;
    this.namespace = claimNamespace(this, this.branch, options.namespace, Math.max(...steps.map(({ name }) => name.length + 1)));
    this.checkPin();
    addModelCheck(this, () => takenNamespace(this));
    const { source } = options;
    this.source = new GitRepository(this, 'source', { ...source.access, name: this.namespace, namespace: source.namespace, branch: this.branch, interval: options.sourceInterval ?? '1m' });
    this.policy = isRemoved ? undefined : options.image && this.makePolicy(options.image);
    this.kustomizations = this.makeKustomizations(isRemoved ? steps.filter(({ id: step }) => step === 'infrastructure') : steps);
    if (this.policy !== undefined && options.pin === 'branch') this.makeAutomation();
  }

  override fileName(): string {
    return `${this.namespace}-sync.yaml`;
  }

  private checkPin(): void {
    const { image, pin = 'instance', automation } = this.options;
    new FieldChecks(this, 'EphemeralEnvironment')
      .require(image === undefined || pin === 'branch' || image.tag !== undefined, 'value-invalid', 'pins its image here, and does not say which tag to start from', "set image.tag, or pin: 'branch'")
      .require(image !== undefined || this.options.pin === undefined, 'value-invalid', `has pin "${pin}" and no image`, 'set image, or leave pin out')
      .require(automation === undefined || pin === 'branch', 'value-invalid', 'has an automation, and pins its image where the automation of this branch does the work', "leave it out, or set pin: 'branch'")
      .done();
  }

  private makePolicy({ repository, policyName, tagPrefix, tagPattern = branchTagPattern }: EnvironmentImage): ImagePolicy {
    const pattern = tagPattern(escapeRe2(tagPrefix ?? this.namespace));
    return new ImagePolicy(this, 'policy', { name: this.named(policyName ?? repository.name), repository, numerical: 'asc', filterTags: { pattern, extract: '$ts' } });
  }

  private makeKustomizations(steps: readonly NamedStep[]): FluxKustomization[] {
    const { interval, variable = 'BRANCH_NAME', branchVariable, substitute, dependsOn = [] } = this.options;
    const variables = { [variable]: this.namespace, ...(branchVariable === undefined ? {} : { [branchVariable]: this.branch }), ...substitute };
    const made: FluxKustomization[] = [];
    for (const { id, name, ...step } of steps) {
      const images = [...(step.images ?? []), ...(id === 'application' ? this.pinnedImages() : [])];
      made.push(
        new FluxKustomization(this, id, {
          interval,
          ...step,
          name: this.named(name),
          source: this.source,
          dependsOn: [...(made.length === 0 ? dependsOn : made.slice(-1)), ...(step.dependsOn ?? [])],
          substitute: { ...variables, ...step.substitute },
          images: images.length === 0 ? undefined : images,
        }),
      );
    }
    return made;
  }

  private pinnedImages(): ReturnType<typeof pinnedImage>[] {
    const { image, pin = 'instance' } = this.options;
    if (this.policy === undefined || pin === 'branch') return [];
    return [pinnedImage({ policy: this.policy, name: image!.container, tag: image!.tag!, hold: image!.hold })];
  }

  private makeAutomation(): void {
    const { name = 'updater', ...automation } = this.options.automation ?? {};
    const { policy, source, branch } = this;
    new ImageUpdateAutomation(this, 'automation', { namespace: policy!.namespace, ...automation, name: this.named(name), source, checkoutBranch: branch, pushBranch: branch });
  }

  private named(suffix: string): string {
    return `${this.namespace}-${suffix}`;
  }
}

interface NamedStep extends EnvironmentStep {
  readonly id: 'infrastructure' | 'database' | 'application';
  readonly name: string;
}

function stepsOf({ infrastructure, database, application }: EphemeralEnvironmentProps): NamedStep[] {
  const step = (id: NamedStep['id'], name: string, given: Directory | EnvironmentStep | undefined, defaults: Partial<EnvironmentStep>): NamedStep[] =>
    given === undefined ? [] : [{ id, name, ...defaults, ...(Directory.isDirectory(given) ? { applies: given } : given) }];
  return [
    ...step('infrastructure', 'infra', infrastructure, { wait: true }),
    ...step('database', 'postgres', database, { wait: true }),
    ...step('application', 'app', application, { decryption: {} }),
  ];
}
