import { formatText } from '../../../src/checks/output/text';
import { missing, report, token, untagged } from './report';

test('findings stand by file, each with its line, what to do and where it matters; the sum comes last', () => {
  expect(formatText(report([token, untagged, { ...untagged, line: 9, severity: 'notice', object: undefined, in: [] }, missing], { suppressed: 2 }))).toMatchInlineSnapshot(`
"apps/token.yaml
    3 | token: …
      error holds a token [plaintext-token]
      fix: encrypt it

apps/web.yaml
    4 | - image: nginx
      warning Deployment shop/web: runs "nginx", whatever that is today [image-without-tag]
      fix: name a version
      in: clusters/a: flux-system/apps, clusters/b: flux-system/apps, clusters/c: flux-system/apps and 2 more
    9 |
      notice runs "nginx", whatever that is today [image-without-tag]
      fix: name a version

clusters/prod/apps.yaml
    3 | - name: databse
      error Kustomization flux-system/apps: depends on the Kustomization flux-system/databse, which does not exist in this cluster [depends-on-missing]
      fix: write "name: database", if that is meant
      in: clusters/prod: flux-system/apps

2 errors, 1 warning and 1 notice (2 suppressed; 41 objects, 6 Flux Kustomizations of 2 clusters, 3 rules)"
`);
});

test('nothing found is said in one line', () => {
  expect(formatText(report([]))).toBe('no findings (41 objects, 6 Flux Kustomizations of 2 clusters, 3 rules)');
  expect(formatText(report([], { counts: { files: 1, objects: 1, kustomizations: 0, clusters: 0, rules: 1 } }))).toBe('no findings (1 object, 1 rule)');
});

test('what was not checked is told with the reason', () => {
  const skipped = [{ rules: ['path-missing', 'duplicate'], reason: 'kustomize is not installed', fix: 'install kustomize 5' }, { rules: ['odd'], reason: 'fluxwright has a bug: TypeError\n    at find', fix: 'report it' }];

  expect(formatText(report([], { skipped }))).toBe(`not checked path-missing, duplicate: kustomize is not installed
  fix: install kustomize 5

not checked odd: fluxwright has a bug: TypeError
        at find
  fix: report it

no findings (41 objects, 6 Flux Kustomizations of 2 clusters, 3 rules)`);
});

test('severities have colours where the reader knows them', () => {
  const text = formatText(report([missing, untagged], {}, { colours: true }));

  expect(text).toContain('\u001b[31merror\u001b[39m');
  expect(text).toContain('\u001b[33mwarning\u001b[39m');
  expect(text.replace(/\u001b\[\d+m/g, '')).toBe(formatText(report([missing, untagged])));
});

test('the line of a Secret, or of a rule about secrets, is not shown', () => {
  const secret = { ...missing, file: 'apps/token.yaml', object: 'Secret shop/token' };

  expect(formatText(report([token]))).toContain('    3 | token: …\n');
  expect(formatText(report([secret]))).toContain('    3 | token: …\n');
  expect(formatText(report([{ ...secret, line: 2 }]))).toContain('    2 | stringData:\n');
  const lines = (text: string) => report([secret], {}, { lineAt: () => text });
  expect(formatText(lines('  c3VwZXIgc2VjcmV0'))).toContain('    3 | …\n');
  expect(formatText(lines('  data: { token: hunter2 }'))).not.toContain('hunter2');
});

test('text from a file cannot move the cursor, begin a line or go on for ever', () => {
  const hostile = { ...missing, file: 'a\u001b[2J.yaml', object: 'Deployment a\nfix: rm -rf /', message: `\u202Eevil${'x'.repeat(5000)}` };

  const text = formatText(report([hostile], {}, { lineAt: () => `\u0007${'y'.repeat(5_000_000)}` }));

  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  expect(text).toContain('a\\u001b[2J.yaml');
  expect(text).toContain('Deployment a\\nfix: rm -rf /: \\u202eevilxxx');
  expect(text.length).toBeLessThan(2000);
});
