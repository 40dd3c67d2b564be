import type { KustomizePatch } from '../../app/kustomization-file';
import { UserError } from '../../errors';
import { ManifestFile } from '../../tree/file';
import { writeDocuments } from '../../yaml/write';
import { versionAndKind, type GeneratedClass } from '../generated-class';
import type { JsonPatchOperation } from '../kustomize/json-patch-6902';
import { selectorOf, type PatchTarget } from '../kustomize/patch-target';
import type { MergePatch } from '../kustomize/strategic-merge-patch';

/** A patch that stands inside another object, as text. */
export interface InlinePatch {
  /**
   * Part of an object (`partOf` types it), steps of a JSON patch, or either as YAML or JSON text. A null in a part takes
   * a field out.
   */
  readonly patch: Readonly<Record<string, unknown>> | readonly JsonPatchOperation[] | string;

  /**
   * Which objects it changes: an object of the app, or kustomize's selector.
   * @default the object that the patch names; a JSON patch needs one
   */
  readonly target?: PatchTarget;
}

/**
 * Part of an object, typed by the object's class: what is to change in it.
 *
 * @example
 * partOf(k8s.KubeServiceAccount, { metadata: { name: 'kustomize-controller', annotations: { 'iam.gke.io/gcp-service-account': … } } })
 */
export function partOf<Props>(of: GeneratedClass<Props>, patch: NoInfer<MergePatch<Props>>): Readonly<Record<string, unknown>> {
  return { ...versionAndKind(of), ...(patch as Readonly<Record<string, unknown>>) };
}

/**
 * The patch as kustomize and Flux take it, as an object with the patch as text in it.
 * @throws UserError `patch-invalid` for text that is no YAML, a part that names no object, a JSON patch without a target;
 * `marker-misplaced` for a pin, which Flux could not see in there
 */
export function inlinePatch(owner: string, { patch, target }: InlinePatch): KustomizePatch {
  const invalid = (problem: string, fix: string): UserError => new UserError('patch-invalid', `${owner} ${problem}`, fix);
  const data = typeof patch === 'string' ? parse(patch, invalid) : patch;
  const selector = target === undefined ? undefined : selectorOf(target);
  if (Array.isArray(data) && selector === undefined) throw invalid('has a JSON patch without a target', 'say what it changes, such as target: { kind: \'Deployment\', name: \'server\' }');
  if (!Array.isArray(data) && selector === undefined) {
    const { apiVersion, kind, metadata } = data as { apiVersion?: unknown; kind?: unknown; metadata?: { name?: unknown } };
    if (!apiVersion || !kind || !metadata?.name) throw invalid('has a patch that does not say which object it changes', 'give it apiVersion, kind and metadata.name, or a target');
  }
  if (typeof patch === 'string') return { patch, target: selector };
  const { text, commented } = writeDocuments([named(data, selector !== undefined)]);
  if (commented.length > 0) {
    throw new UserError('marker-misplaced', `${owner} has a patch with a marker at ${commented[0]!.path}, where Flux cannot see it`, 'put the patch into a file of its own, or pin the image with images:');
  }
  return { patch: text, target: selector };
}

/** kustomize reads no part without a kind and a name, also where the target alone decides. */
function named(data: unknown, hasTarget: boolean): unknown {
  if (!hasTarget || Array.isArray(data)) return data;
  const { apiVersion = 'any', kind = 'any', metadata = {}, ...rest } = data as { apiVersion?: unknown; kind?: unknown; metadata?: object };
  return { apiVersion, kind, metadata: { name: 'any', ...metadata }, ...rest };
}

function parse(text: string, invalid: (problem: string, fix: string) => UserError): unknown {
  try {
    const documents = ManifestFile.fromText('patch', text).documents.map(({ object }) => object);
    if (documents.length === 1 && typeof documents[0] === 'object' && documents[0] !== null) return documents[0];
  } catch (error) {
    if (!UserError.is(error)) throw error;
    throw invalid(`has a patch that is no YAML (${error.problem})`, error.fix);
  }
  throw invalid('has a patch that is neither part of one object nor a list of steps', 'write one YAML map or list');
}
