import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { formatSarif } from '../../../src/checks/output/sarif';
import type { Finding } from '../../../src/checks/finding';
import { missing, report, RULES, token, untagged } from './report';

const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8')) as Record<string, unknown>;
// one of its patterns has a bracket too many, which is none with the u flag
const isValid = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

interface Log {
  readonly runs: readonly [{ readonly results: readonly Record<string, unknown>[]; readonly tool: { driver: { rules: readonly Record<string, unknown>[] } }; readonly automationDetails: unknown }];
}

function logOf(findings: readonly Finding[], ...more: [Parameters<typeof report>[1]?, Parameters<typeof report>[2]?]): Log['runs'][0] {
  const log = JSON.parse(formatSarif(report(findings, ...more))) as Log;
  expect(isValid(log) ? [] : isValid.errors).toEqual([]);
  return log.runs[0];
}

test('a finding is a result that is valid SARIF 2.1.0', () => {
  const { results, automationDetails } = logOf([missing, untagged], { skipped: [{ rules: ['x'], reason: 'no', fix: 'do' }] }, { prefix: 'git ops' });

  expect(automationDetails).toEqual({ id: 'fluxwright/check/' });
  expect(results[0]).toEqual({
    ruleId: 'depends-on-missing',
    ruleIndex: 0,
    level: 'error',
    message: { text: 'Kustomization flux-system/apps: depends on the Kustomization flux-system/databse, which does not exist in this cluster\nfix: write "name: database", if that is meant' },
    locations: [{
      physicalLocation: { artifactLocation: { uri: 'git%20ops/clusters/prod/apps.yaml', uriBaseId: '%SRCROOT%' }, region: { startLine: 3 } },
      logicalLocations: [{ fullyQualifiedName: 'Kustomization flux-system/apps', kind: 'object' }],
    }],
    partialFingerprints: { 'fluxwright/v1': expect.stringMatching(/^[0-9a-f]{32}:1$/) as string, primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{32}:1$/) as string },
    properties: { in: ['clusters/prod: flux-system/apps'] },
  });
  expect(results[1]).toMatchObject({ ruleIndex: 1, level: 'warning' });
});

test('every rule is told with its help, whether it found something or not', () => {
  const { tool: { driver: { rules } } } = logOf([]);

  expect(rules).toHaveLength(RULES.length);
  expect(rules[0]).toEqual({
    id: 'depends-on-missing',
    name: 'DependsOnMissing',
    shortDescription: { text: 'Why depends-on-missing matters.' },
    fullDescription: { text: 'Why depends-on-missing matters.' },
    help: {
      text: 'Why depends-on-missing matters.\n\nspec:\n  odd: true # here\n\nFix: mend depends-on-missing\nhttps://example.com/depends-on-missing',
      markdown: 'Why depends-on-missing matters.\n\n```yaml\nspec:\n  odd: true # here\n```\n\n**Fix:** mend depends-on-missing\n\n[Documentation](https://example.com/depends-on-missing)',
    },
    helpUri: 'https://example.com/depends-on-missing',
    defaultConfiguration: { level: 'error' },
    properties: { 'problem.severity': 'error', precision: 'high', tags: ['flux', 'kubernetes'] },
  });
});

test('a fingerprint stays where lines shift, and tells findings apart that are alike', () => {
  const prints = (findings: readonly Finding[]) => logOf(findings).results.map((result) => (result['partialFingerprints'] as Record<string, string>)['fluxwright/v1']!);
  const seen = { ...missing, message: 'is also in a.yaml:12' };

  expect(prints([{ ...missing, line: 90 }])).toEqual(prints([missing]));
  expect(prints([{ ...seen, message: 'is also in a.yaml:17' }])).toEqual(prints([seen]));
  expect(new Set(prints([missing, { ...missing, line: 9 }, { ...missing, file: 'b.yaml' }, { ...missing, object: 'Kustomization flux-system/b' }, untagged])).size).toBe(5);
});

test('findings in no file, at a URL or in odd files are valid, too', () => {
  const { results } = logOf([
    { ...missing, file: '' }, { ...missing, file: 'https://example.com/install.yaml' }, { ...missing, file: 'a b/ü#?%.yaml', line: 0 }, { ...token, message: 'bad \ud800 \u0000' },
  ]);

  expect(results.map(({ locations }) => (locations as { physicalLocation: { artifactLocation: unknown } }[] | undefined)?.[0]!.physicalLocation.artifactLocation)).toEqual([
    undefined, { uri: 'https://example.com/install.yaml' }, { uri: 'a%20b/%C3%BC%23%3F%25.yaml', uriBaseId: '%SRCROOT%' }, { uri: 'apps/token.yaml', uriBaseId: '%SRCROOT%' },
  ]);
});
