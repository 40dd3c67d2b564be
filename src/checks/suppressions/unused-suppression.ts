import type { Rule } from '../rule';

export const unusedSuppression: Rule = {
  id: 'unused-suppression',
  severity: 'warning',
  why: 'A suppression that excuses nothing any more would hide the next fault of its kind.',
  example: `checks:
  ignore:
    - rule: depends-on-missing
      object: Kustomization/apps # was mended long ago
      reason: the other repository provides it`,
  fix: 'take it out',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/',
  needs: 'render', // without it a rule may find less than there is

  // known when all other rules have run, in suppress.ts
  find: () => [],
};
