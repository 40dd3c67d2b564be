import type { GitopsApp } from './gitops-app';
export function runSynth(app: GitopsApp): void { void app; }
export function reportUserErrors(): void {}

/** Runs `work` while cdk8s leaves the keys of objects in their author's order. */
export function keepKeyOrder<T>(work: () => T): T {
  const before = process.env['CDK8S_DISABLE_SORT'];
  process.env['CDK8S_DISABLE_SORT'] = '1';
  try {
    return work();
  } finally {
    if (before === undefined) delete process.env['CDK8S_DISABLE_SORT'];
    else process.env['CDK8S_DISABLE_SORT'] = before;
  }
}
