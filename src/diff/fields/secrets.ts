import { isMapping } from '../../model/fields';
import { HIDDEN, type FieldChange, type FieldStep } from '../changes';

/** Whose values must not be shown. */
export interface Confidential {
  /** Every value is secret, wherever it stands. */
  readonly everything?: boolean;
  /** A Secret: what it has in `data` and `stringData` is. */
  readonly isSecret?: boolean;
}

/** A value for everybody's eyes: what SOPS encrypted is hidden, and what a Secret holds, whether somebody encrypted it or not. */
export function hideSecrets(value: unknown, confidential: Confidential, steps: readonly FieldStep[] = []): unknown {
  if (Array.isArray(value)) return value.map((item, index) => hideSecrets(item, confidential, [...steps, index]));
  if (isMapping(value)) {
    const entries = Object.entries(value).filter(([key]) => steps.length > 0 || key !== 'sops');
    return Object.fromEntries(entries.map(([key, item]) => [key, hideSecrets(item, confidential, [...steps, key])]));
  }
  if (value === undefined) return undefined;
  if (isLiteral(steps) && typeof value === 'string') return `${value.slice(0, value.indexOf('=') + 1)}${HIDDEN}`;
  return isSecretAt(value, confidential, steps) ? HIDDEN : value;
}

export function hideInChange(change: FieldChange, confidential: Confidential): FieldChange {
  const [before, after] = [hideSecrets(change.before, confidential, change.steps), hideSecrets(change.after, confidential, change.steps)];
  return { ...change, before, after };
}

function isSecretAt(value: unknown, { everything, isSecret }: Confidential, [top, ...rest]: readonly FieldStep[]): boolean {
  if (typeof value === 'string' && value.includes('ENC[AES256_GCM,')) return true;
  if (everything === true) return true;
  if (isSecret !== true) return false;
  if (top === 'metadata' && rest[0] === 'annotations') return String(rest[1]) === 'kubectl.kubernetes.io/last-applied-configuration';
  return top === 'data' || top === 'stringData';
}

/** `KEY=value` in a kustomization.yaml's secretGenerator. */
function isLiteral(steps: readonly FieldStep[]): boolean {
  return steps[0] === 'secretGenerator' && steps[2] === 'literals';
}
