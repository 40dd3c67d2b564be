import type { CheckResult, Finding } from '../../../src/checks/finding';
import type { CheckReport } from '../../../src/checks/output/check-report';
import type { Rule } from '../../../src/checks/rule';

/** Rules that are there for formats to tell of. */
export const RULES: readonly Rule[] = [
  rule('depends-on-missing', 'error'),
  rule('image-without-tag', 'warning'),
  { ...rule('plaintext-token', 'error'), confidential: true },
];

function rule(id: string, severity: Rule['severity']): Rule {
  return { id, severity, why: `Why ${id} matters.`, example: 'spec:\n  odd: true # here', fix: `mend ${id}`, link: `https://example.com/${id}`, find: () => [] };
}

export const FILES: Readonly<Record<string, string>> = {
  'apps/web.yaml': 'apiVersion: apps/v1\nkind: Deployment\nspec:\n        - image: nginx\n',
  'clusters/prod/apps.yaml': 'spec:\n  dependsOn:\n    - name: databse\n',
  'apps/token.yaml': 'kind: Secret\nstringData:\n  token: hunter2\n',
};

export const missing: Finding = {
  rule: 'depends-on-missing', severity: 'error', file: 'clusters/prod/apps.yaml', line: 3, object: 'Kustomization flux-system/apps',
  message: 'depends on the Kustomization flux-system/databse, which does not exist in this cluster', fix: 'write "name: database", if that is meant', in: ['clusters/prod: flux-system/apps'],
};
export const untagged: Finding = {
  rule: 'image-without-tag', severity: 'warning', file: 'apps/web.yaml', line: 4, object: 'Deployment shop/web',
  message: 'runs "nginx", whatever that is today', fix: 'name a version', in: ['a', 'b', 'c', 'd', 'e'].map((name) => `clusters/${name}: flux-system/apps`),
};
export const token: Finding = { rule: 'plaintext-token', severity: 'error', file: 'apps/token.yaml', line: 3, message: 'holds a token', fix: 'encrypt it', in: [] };

export const COUNTS: CheckResult['counts'] = { files: 30, objects: 41, kustomizations: 6, clusters: 2, rules: 3 };

export function report(findings: readonly Finding[], result: Partial<CheckResult> = {}, more: Partial<CheckReport> = {}): CheckReport {
  return {
    result: { findings, skipped: [], suppressed: 0, counts: COUNTS, ...result },
    rules: RULES,
    lineAt: (file, line) => FILES[file]?.split('\n')[line - 1],
    prefix: '',
    version: '1.2.3',
    colours: false,
    ...more,
  };
}
