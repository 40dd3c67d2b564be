import type { Construct } from 'constructs';
import { UserError } from '../../errors';
import { isJsonPointer } from './json-pointer';
import { Patch, patchInvalid, type PatchPlaceProps } from './patch';
import { checkTarget, selectorOf, type PatchTarget } from './patch-target';

/** One step of a JSON patch. Paths are JSON pointers; `jsonPointer` makes them from keys with slashes. */
export type JsonPatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly from: string; readonly path: string };

export interface JsonPatch6902Props extends PatchPlaceProps {
  /** Which objects it changes. kustomize says nothing of one that selects none; synthesis refuses it where it knows all objects. */
  readonly target: PatchTarget;

  /** The steps, in order. */
  readonly operations: readonly JsonPatchOperation[];
}

/**
 * A JSON patch: single values added, replaced or removed at their paths.
 *
 * @example
 * new JsonPatch6902(overlay, 'replicas', {
 *   target: { kind: 'Deployment', name: 'server' },
 *   operations: [{ op: 'replace', path: '/spec/replicas', value: 3 }],
 * });
 * @see https://datatracker.ietf.org/doc/html/rfc6902
 */
export class JsonPatch6902 extends Patch {
  /** @throws UserError `patch-invalid` for a target that selects everything, an unknown operation, a path that is no JSON pointer */
  constructor(scope: Construct, id: string, props: JsonPatch6902Props) {
    const target = selectorOf(props.target);
    super(scope, id, props, props.operations, { target });

    const subject = `JsonPatch6902 "${this.node.path}"`;
    const errors = checkTarget(subject, target, props.everything ?? false);
    if (props.operations.length === 0) errors.push(patchInvalid(subject, 'has no operations', 'add one, such as { op: \'remove\', path: \'/spec/replicas\' }'));
    props.operations.forEach((operation, index) => errors.push(...checkOperation(`${subject} operations[${index}]`, operation)));
    if (errors.length > 0) throw UserError.all(errors);
  }
}

function checkOperation(subject: string, operation: JsonPatchOperation): UserError[] {
  const { op, path, from, value } = operation as { op: string; path: unknown; from?: unknown; value?: unknown };
  const errors = [];
  if (!OPERATIONS.includes(op)) errors.push(patchInvalid(subject, `has op ${JSON.stringify(op)}`, `use one of ${OPERATIONS.join(', ')}`));
  if (VALUED.includes(op) && value === undefined) errors.push(patchInvalid(subject, `is "${op}" without a value`, 'add a value; null is one'));
  for (const [field, pointer] of op === 'move' || op === 'copy' ? [['path', path], ['from', from]] : [['path', path]]) {
    if (typeof pointer === 'string' && isJsonPointer(pointer)) continue;
    errors.push(patchInvalid(subject, `has ${field as string} ${JSON.stringify(pointer)}, which is no JSON pointer`, 'start it with "/", and write "/" in a key as "~1" and "~" as "~0": jsonPointer(\'metadata\', \'labels\', \'istio.io/rev\')'));
  }
  return errors;
}

const OPERATIONS = ['add', 'replace', 'test', 'remove', 'move', 'copy'];
const VALUED = ['add', 'replace', 'test'];
