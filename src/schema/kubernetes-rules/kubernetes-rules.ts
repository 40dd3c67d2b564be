import type { Check } from '../check';

export function checkKubernetesRules(_object: Readonly<Record<string, unknown>>, _check: Check): void {}
