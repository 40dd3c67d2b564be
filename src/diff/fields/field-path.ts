import type { FieldStep } from '../changes';

/** `spec.containers[name=web].args[0]`. Keys that hold a dot or a bracket stand in brackets: `metadata.labels["app.kubernetes.io/name"]`. */
export function fieldPath(steps: readonly FieldStep[]): string {
  return steps.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    if (typeof step === 'string') return /^[^.[\]"=\s]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
    return `[${Object.entries(step).map(([key, value]) => `${key}=${String(value)}`).join(',')}]`;
  }).join('').replace(/^\./, '');
}
