import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { UserError } from '../../errors';
import type { ApiPatch } from '../api-data';
import { keepNulls } from '../api-resource';
import { versionAndKind, type ObjectType } from '../generated-class';

export interface KubeObjectProps<Props> {
  /** What it is: a generated class, which types it, or an apiVersion and a kind. */
  readonly of: ObjectType<Props>;

  /**
   * All of the object but its apiVersion and kind, with the API's own field names. Nulls and empty maps are written. No field is
   * required, since kustomize may add it: `labels` with `includeSelectors`, a patch of an overlay.
   */
  readonly object: NoInfer<unknown extends Props ? Readonly<Record<string, unknown>> : ApiPatch<Props> & { readonly status?: unknown }>;
}

/**
 * An object written out as the API has it, for what the generated classes cannot say: a null, `status: {}`, a field that is newer
 * than they are.
 *
 * @example
 * new KubeObject(directory, 'namespace', { of: k8s.KubeNamespace, object: { metadata: { name: 'server' }, spec: {}, status: {} } });
 */
export class KubeObject<Props = unknown> extends ApiObject {
  /** @throws UserError `value-invalid` without an apiVersion and a kind */
  constructor(scope: Construct, id: string, { of, object }: KubeObjectProps<Props>) {
    const { apiVersion, kind } = versionAndKind(of);
    if (!apiVersion || !kind) throw new UserError('value-invalid', `KubeObject "${scope.node.path}/${id}" does not say what it is`, 'give "of" a generated class, or { apiVersion, kind }');
    super(scope, id, { ...(keepNulls(object) as Record<string, unknown>), apiVersion, kind });
  }
}
