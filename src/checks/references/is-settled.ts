import { listAt } from '../../model/fields';
import type { CheckContext } from '../check-context';
import { isSettled } from '../graph/cluster-facts';
import type { Subject } from './subjects';

/** Whether fields of an object, by their last keys, are known as they are in the cluster: nothing that was not rendered may change them. */
export function isSettledIn(context: CheckContext, { applier, object }: Subject, ...fields: readonly string[]): boolean {
  if (!context.rendered && listAt(applier?.data, 'spec.components').length > 0) return false;
  return fields.every((field) => isSettled(context, applier, object, field));
}
