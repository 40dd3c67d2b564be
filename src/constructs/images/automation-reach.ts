import type { IConstruct } from 'constructs';
import { UserError } from '../../errors';
import type { ImagePolicy } from './image-policy';
import type { ImageUpdateAutomation } from './image-update-automation';

const AUTOMATIONS = Symbol.for('fluxwright.ImageUpdateAutomations');

/** Notes an automation at the root, where each policy looks for those of its namespace. */
export function registerAutomation(automation: ImageUpdateAutomation): void {
  (holder(automation)[AUTOMATIONS] ??= []).push(automation);
}

/** What is wrong with a policy that pins values which no automation writes, though the app has automations. */
export function unreachedPolicy(policy: ImagePolicy): UserError[] {
  const all = holder(policy)[AUTOMATIONS] ?? [];
  if (all.length === 0 || all.some((automation) => automation.namespace === policy.namespace)) return [];
  const others = [...new Set(all.map((automation) => `"${automation.node.path}" in ${automation.namespace}`))].join(', ');
  return [
    new UserError(
      'policy-in-other-namespace',
      `ImagePolicy "${policy.node.path}" lives in ${policy.namespace}, and an ImageUpdateAutomation reads only policies of its own namespace: ${others}`,
      `add an ImageUpdateAutomation with namespace: '${policy.namespace}', or move the policy and its repository`,
    ),
  ];
}

function holder(construct: IConstruct): { [AUTOMATIONS]?: ImageUpdateAutomation[] } {
  return construct.node.root as { [AUTOMATIONS]?: ImageUpdateAutomation[] };
}
