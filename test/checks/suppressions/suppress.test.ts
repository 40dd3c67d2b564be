import { NO_SETTINGS, type CheckSettings } from '../../../src/checks/check-settings';
import type { CheckResult } from '../../../src/checks/finding';
import type { Report, Rule } from '../../../src/checks/rule';
import { runChecks } from '../../../src/checks/run-checks';
import { suppressionRules } from '../../../src/checks/suppressions/rules';
import { dependsOnMissing } from '../../../src/checks/graph/depends-on-missing';
import { mappingAt } from '../../../src/model/fields';
import { Repository } from '../../../src/model/repository';
import { Walker } from '../../../src/model/walk';
import { treeOf, type Files } from '../check-tree';

/** Finds something at every ConfigMap, and at every image of a Deployment; under the id of a rule that is known. */
const finder: Rule = {
  ...dependsOnMissing,
  fix: 'mend it',
  *find({ repository }): Generator<Report> {
    for (const object of repository.objects) {
      if (object.kind === 'ConfigMap') yield { at: { object, path: ['data'] }, message: 'is odd' };
      if (object.kind === 'Deployment') yield { at: { object: { ...object, source: object, data: { ...object.data, metadata: { ...mappingAt(object.data, 'metadata'), annotations: patched } } }, path: ['spec'] }, message: 'is odd' };
    }
  },
};
let patched: Record<string, string> | undefined;
beforeEach(() => (patched = undefined));

function check(files: Files, settings: Partial<CheckSettings> = {}, rules: readonly Rule[] = [finder, ...suppressionRules]): Pick<CheckResult, 'suppressed'> & { said: string[] } {
  const repository = new Repository(treeOf(files));
  const { findings, suppressed, skipped } = runChecks({ repository, walker: new Walker(repository), clusters: [], rendered: true, base: undefined, settings: { ...NO_SETTINGS, ...settings } }, rules);
  expect(skipped).toEqual([]);
  return { suppressed, said: findings.map(({ file, line, severity, rule, object, message, fix }) => `${file}:${line} ${severity} ${rule} ${object ?? '-'}: ${message} → ${fix}`) };
}

const configMap = (name: string, annotation?: string): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
${annotation === undefined ? '' : `  annotations:\n    fluxwright.dev/ignore: ${annotation}\n`}data: {}
`;
const FOUND = 'is odd → mend it';

test('an annotation suppresses the findings of its own document, and of no other', () => {
  expect(check({ 'a.yaml': `${configMap('one')}---\n${configMap('two', 'depends-on-missing - it is a demo')}---\n${configMap('three')}` })).toEqual({
    suppressed: 1,
    said: [`a.yaml:5 error depends-on-missing ConfigMap one: ${FOUND}`, `a.yaml:19 error depends-on-missing ConfigMap three: ${FOUND}`],
  });
});

test('each item of a List speaks for itself', () => {
  const item = (name: string, annotation?: string) => configMap(name, annotation).replace(/^(?=.)/gm, '    ').replace('    ', '  - ');

  expect(check({ 'a.yaml': `apiVersion: v1\nkind: List\nitems:\n${item('one', 'depends-on-missing - a demo')}${item('two')}` })).toEqual({
    suppressed: 1, said: [`a.yaml:15 error depends-on-missing ConfigMap two: ${FOUND}`],
  });
});

test('an annotation that a patch adds suppresses what is found at the object it patches', () => {
  patched = { 'fluxwright.dev/ignore': 'depends-on-missing - a demo' };
  const files = {
    'base/a.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: server\nspec: {}\n',
    'overlay/kustomization.yaml': 'resources: [../base]\npatches:\n  - path: patch.yaml\n',
    'overlay/patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: server\n  annotations:\n    fluxwright.dev/ignore: depends-on-missing - a demo\n',
  };

  expect(check(files)).toEqual({ suppressed: 1, said: [] });
});

test('settings suppress by rule, path and object', () => {
  const files = { 'fluxwright.yaml': 'checks:\n', 'test/a.yaml': configMap('one'), 'apps/a.yaml': configMap('one'), 'apps/b.yaml': configMap('two') };
  const entry = { rule: 'depends-on-missing', reason: 'a demo' };
  const said = (settings: Partial<CheckSettings>) => check(files, settings).said.map((text) => text.split(' ')[0]);

  expect(said({ ignore: [entry] })).toEqual([]);
  expect(said({ ignore: [{ ...entry, path: 'test/' }] })).toEqual(['apps/a.yaml:5', 'apps/b.yaml:5']);
  expect(said({ ignore: [{ ...entry, object: 'ConfigMap/one' }] })).toEqual(['apps/b.yaml:5']);
  expect(said({ ignore: [{ ...entry, path: 'apps/', object: 'ConfigMap/one' }] })).toEqual(['apps/b.yaml:5', 'test/a.yaml:5']);
});

test('a suppression that excuses nothing is a finding, at the annotation or in the settings', () => {
  const ignore = [{ rule: 'depends-on-missing', reason: 'a demo', path: 'nowhere/' }, { rule: 'depends-on-missing', reason: 'all of apps', path: 'apps/' }];
  const files = {
    'fluxwright.yaml': 'checks:\n  ignore:\n    - rule: depends-on-missing\n      reason: a demo\n      path: nowhere/\n    - { rule: depends-on-missing, reason: all of apps, path: apps/ }\n',
    'apps/a.yaml': configMap('one'),
    'secret.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  annotations:\n    fluxwright.dev/ignore: depends-on-missing - the tenant brings it\n',
  };

  expect(check(files, { ignore })).toEqual({
    suppressed: 1,
    said: [
      'fluxwright.yaml:3 warning unused-suppression -: depends-on-missing finds nothing here any more that "a demo" would excuse → take it out',
      'secret.yaml:6 warning unused-suppression Service web: depends-on-missing finds nothing here any more that "the tenant brings it" would excuse → take it out',
    ],
  });
});

test('a suppression is not called unused where its rule was not run', () => {
  const files = { 'a.yaml': configMap('one', 'depends-on-missing - a demo') };

  expect(check(files, { ignore: [{ rule: 'depends-on-missing', reason: 'a demo', path: 'nowhere/' }] }, suppressionRules)).toEqual({ suppressed: 0, said: [] });
});

test('an annotation that cannot be read suppresses nothing and is a finding itself', () => {
  expect(check({ 'a.yaml': configMap('one', 'depends-on-missing'), 'b.yaml': configMap('two', '{ a: b }') }).said).toEqual([
    'a.yaml:6 warning invalid-suppression ConfigMap one: fluxwright.dev/ignore gives no reason for depends-on-missing → write "depends-on-missing - " and why the finding is right as it is',
    `a.yaml:7 error depends-on-missing ConfigMap one: ${FOUND}`,
    'b.yaml:6 warning invalid-suppression ConfigMap two: fluxwright.dev/ignore is empty → write "rule-id - reason", or take it off',
    `b.yaml:7 error depends-on-missing ConfigMap two: ${FOUND}`,
  ]);
});
