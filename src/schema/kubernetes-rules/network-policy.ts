import type { Check } from '../check';
import { isCidr } from '../formats';
import { quoteValue, type FieldPath } from '../schema-problem';
import { checkLabelSelector } from './labels';
import { fieldsOf, isSet, itemsOf, problemAt, textOf, type Fields } from './object-parts';
import { checkTargetPort } from './service';

/** Peers and ports of a NetworkPolicy. */
export function checkNetworkPolicy(object: Fields, check: Check): void {
  const spec = fieldsOf(object['spec']);
  checkLabelSelector(spec['podSelector'], ['spec', 'podSelector'], check);
  for (const [direction, peers] of [['ingress', 'from'], ['egress', 'to']] as const) {
    for (const [index, rule] of itemsOf(spec[direction]).entries()) {
      const at = ['spec', direction, index];
      for (const [position, port] of itemsOf(fieldsOf(rule)['ports']).entries()) checkTargetPort(fieldsOf(port)['port'], [...at, 'ports', position, 'port'], check);
      for (const [position, peer] of itemsOf(fieldsOf(rule)[peers]).entries()) checkPeer(fieldsOf(peer), [...at, peers, position], check);
    }
  }
}

function checkPeer({ ipBlock, podSelector, namespaceSelector }: Fields, at: FieldPath, check: Check): void {
  const selects = podSelector !== undefined || namespaceSelector !== undefined;
  if (isSet(ipBlock) && selects) problemAt(check, at, 'combination', 'has an ipBlock and a selector; one of them is allowed');
  if (!isSet(ipBlock) && !selects) problemAt(check, at, 'required', 'needs an ipBlock, a podSelector or a namespaceSelector');
  checkLabelSelector(podSelector, [...at, 'podSelector'], check);
  checkLabelSelector(namespaceSelector, [...at, 'namespaceSelector'], check);
  const cidr = textOf(fieldsOf(ipBlock)['cidr'], check);
  if (cidr !== undefined && !isCidr(cidr)) problemAt(check, [...at, 'ipBlock', 'cidr'], 'format', `is ${quoteValue(cidr)}; write a network such as "10.0.0.0/8"`);
}
