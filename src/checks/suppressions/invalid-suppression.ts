import type { Rule } from '../rule';

export const invalidSuppression: Rule = {
  id: 'invalid-suppression',
  severity: 'warning',
  why: 'An annotation that names no rule or gives no reason suppresses nothing, and nobody can tell later what it was for.',
  example: `metadata:
  annotations:
    fluxwright.dev/ignore: depends-on-missing`,
  fix: 'write "rule-id - reason"',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/',

  // told of every finding's suppression at once, in suppress.ts
  find: () => [],
};
