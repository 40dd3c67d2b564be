import type { Authors } from '../history/authorship';
import type { Commit } from '../history/commit';
import type { Pin } from '../publish/pins/pin';
import { parseImage } from '../tree/image-reference';
import { stateOf, type PinState } from './find-pins';
import type { PolicyRule } from './policy-rule';

/** Where a line has its text from. */
export interface LineOrigin {
  readonly commit: Commit;
  readonly by: ReturnType<Authors['of']>;
}

/** One pin, and what there is to say about it. */
export interface ReportedPin {
  readonly pin: Pin;
  readonly state: PinState;
  /** Undefined for one that is not committed, and where there is no Git. */
  readonly set: LineOrigin | undefined;
  /** What the policy selects; undefined where there is no such policy in the tree, or none that orders tags. */
  readonly rule: PolicyRule | undefined;
  /** Whether the policy could have selected the present tag. */
  readonly fits: boolean | undefined;
}

export interface PinSources {
  originOf(pin: Pin): LineOrigin | undefined;
  ruleOf(policy: string): PolicyRule | undefined;
}

export function reportPin(pin: Pin, { originOf, ruleOf }: PinSources): ReportedPin {
  const rule = ruleOf(pin.setter!.policy);
  const tag = tagOf(pin);
  return { pin, state: stateOf(pin), set: originOf(pin), rule, fits: tag === undefined ? undefined : rule?.fits(tag) };
}

function tagOf({ setter, value }: Pin): string | undefined {
  return setter!.part === 'tag' ? value : setter!.part === 'digest' ? undefined : parseImage(value).tag;
}
