import type { Construct } from 'constructs';
import type { KustomizePatch } from '../../app/kustomization-file';
import { UserError } from '../../errors';
import type { ApiPatch } from '../api-data';
import { versionAndKind, type ObjectType } from '../generated-class';
import { Patch, patchInvalid, type PatchPlaceProps } from './patch';
import { checkTarget, selectorOf, type PatchTarget } from './patch-target';

/** Part of an object as the API has it. A null takes a field out; `$patch` deletes or replaces the map or list item it stands in. */
export type MergePatch<Props> = unknown extends Props ? Readonly<Record<string, unknown>> : WithDirectives<ApiPatch<Props>>;

type WithDirectives<T> =
  0 extends 1 & T ? T
  : T extends readonly (infer Item)[] ? readonly WithDirectives<Item>[]
  : T extends object ? { [Key in keyof T]: WithDirectives<T[Key]> } & { readonly $patch?: 'delete' | 'replace' | 'merge' }
  : T;

export interface StrategicMergePatchProps<Props> extends PatchPlaceProps {
  /** What the patch is a part of: a generated class, or an apiVersion and a kind. */
  readonly of: ObjectType<Props>;

  /**
   * The part that changes. Without a `target` it says in `metadata.name` which object it changes.
   * Lists of maps are merged by their names where Kubernetes knows a merge key, else replaced.
   */
  readonly patch: NoInfer<MergePatch<Props>>;

  /**
   * Which objects it changes, where that is not the one that it names.
   * @default the object of the patch's apiVersion, kind, metadata.name and metadata.namespace; the build fails if there is none
   */
  readonly target?: PatchTarget;

  /**
   * Whether the patch may change the name or kind of what it is applied to.
   * @default neither
   */
  readonly options?: KustomizePatch['options'];
}

/**
 * A strategic merge patch: the part of an object that differs, typed by the object's class.
 *
 * @example
 * new StrategicMergePatch(overlay, 'resources', {
 *   of: k8s.KubeDeployment,
 *   patch: { metadata: { name: 'server' }, spec: { replicas: 3 } },
 * });
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/
 */
export class StrategicMergePatch<Props = unknown> extends Patch {
  /** @throws UserError `patch-invalid` for a patch that names no object, or whose target selects all of them */
  constructor(scope: Construct, id: string, props: StrategicMergePatchProps<Props>) {
    const { apiVersion, kind } = versionAndKind(props.of);
    const patch = props.patch as Readonly<Record<string, unknown>>;
    const metadata = (patch['metadata'] ?? {}) as Readonly<Record<string, unknown>>;
    const target = props.target === undefined ? undefined : selectorOf(props.target);
    // kustomize reads no patch without a name, also where the target alone decides
    const named = target === undefined || metadata['name'] !== undefined ? metadata : { name: 'any', ...metadata };
    super(scope, id, props, { apiVersion, kind, ...patch, metadata: named }, { target, options: props.options });

    const subject = `StrategicMergePatch "${this.node.path}"`;
    const errors = target === undefined ? [] : checkTarget(subject, target, props.everything ?? false);
    if (!apiVersion || !kind) errors.push(patchInvalid(subject, 'does not say what it is a part of', 'give "of" a generated class, or { apiVersion, kind }'));
    if (target === undefined && typeof metadata['name'] !== 'string') errors.push(patchInvalid(subject, 'names no object', 'add metadata.name to the patch, or a target'));
    if (errors.length > 0) throw UserError.all(errors);
  }
}
