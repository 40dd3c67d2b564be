import { assert, constantFrom, dictionary, jsonValue, oneof, property } from 'fast-check';
import { NO_SETTINGS } from '../../src/checks/check-settings';
import { readSettings } from '../../src/checks/read-settings';
import { UserError } from '../../src/errors';
import { treeOf } from './check-tree';

const RULES = ['depends-on-missing', 'plaintext-secret'];

const settings = (text: string) => readSettings(treeOf({ 'fluxwright.yaml': text }), RULES);

/** What is said of a file of settings, without the tree's root. */
function mistakes(text: string): string {
  try {
    settings(text);
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
}

test('a tree without settings, and settings without checks, leave everything at its default', () => {
  expect(readSettings(treeOf({ 'apps/a.yaml': 'a: 1' }), RULES)).toEqual(NO_SETTINGS);
  expect(settings('')).toEqual(NO_SETTINGS);
  expect(settings('# nothing yet\nchecks:\n')).toEqual(NO_SETTINGS);
});

test('every setting is read', () => {
  expect(settings(`
checks:
  kubernetes: "1.30"
  flux: v2.8.3
  exclude:
    - test/
  outsiders:
    - Secret/flux-system/sops-age
    - StorageClass/*
  ignore:
    - rule: depends-on-missing
      path: clusters/staging/**
      object: Kustomization/flux-system/apps
      reason: the tenant's repository brings it
    - { rule: plaintext-secret, reason: the password of a demo }
`)).toEqual({
    kubernetes: '1.30',
    flux: '2.8',
    exclude: ['test/'],
    outsiders: ['Secret/flux-system/sops-age', 'StorageClass/*'],
    ignore: [
      { rule: 'depends-on-missing', path: 'clusters/staging/**', object: 'Kustomization/flux-system/apps', reason: "the tenant's repository brings it" },
      { rule: 'plaintext-secret', reason: 'the password of a demo' },
    ],
  });
});

test('all mistakes are told at once, each with its line and what to write', () => {
  expect(mistakes(`
check:
  kubernetes: "1.34"
checks:
  kubernetes: 1.30
  flux: "1.4"
  exlude: [test/]
  exclude: test/
  outsiders:
    - sops-age
    - 3
  ignore:
    - rule: depend-on-missing
      reason: it is ours
    - rule: plaintext-secret
    - reason: nobody knows
    - rule: plaintext-secret
      reason: ""
      object: Secret
    - plaintext-secret
`)).toMatchInlineSnapshot(`
"fluxwright.yaml:2: fluxwright.yaml knows no "check"
  fix: write "checks"
fluxwright.yaml:5: checks.kubernetes is the number 1.3
  fix: put the version in quotes: as a number, 1.30 is 1.3
fluxwright.yaml:6: checks.flux is "1.4"
  fix: write one of "2.0" to "2.9"
fluxwright.yaml:7: checks knows no "exlude"
  fix: write "exclude"
fluxwright.yaml:8: checks.exclude is the text "test/", not a list
  fix: write each entry on a line of its own, behind "- "
fluxwright.yaml:10: checks.outsiders[0] is "sops-age"
  fix: write "Kind/name" or "Kind/namespace/name", such as "Secret/flux-system/sops-age"
fluxwright.yaml:11: checks.outsiders[1] is the number 3, not a text
  fix: write a text, in quotes if it looks like something else
fluxwright.yaml:13: there is no rule "depend-on-missing"
  fix: write "depends-on-missing"
fluxwright.yaml:15: checks.ignore[1] (plaintext-secret) has no reason
  fix: add "reason:" and say why the finding is right as it is
fluxwright.yaml:16: checks.ignore[2] names no rule
  fix: add "rule:" with the id that the finding ends with
fluxwright.yaml:18: checks.ignore[3].reason is empty, not a text
  fix: write a text, in quotes if it looks like something else
fluxwright.yaml:19: checks.ignore[3] (plaintext-secret) has the object "Secret"
  fix: write "Kind/name" or "Kind/namespace/name"
fluxwright.yaml:20: checks.ignore[4] is the text "plaintext-secret", not a mapping
  fix: write "rule: …" or "reason: …" under it"
`);
});

test.each([
  ['a list', '- checks', '1: fluxwright.yaml is a list, not a mapping\n  fix: write "checks: …" under it'],
  ['a text', 'checks', '1: fluxwright.yaml is the text "checks", not a mapping\n  fix: write "checks: …" under it'],
  ['two documents', 'checks: {}\n---\nchecks: {}', '1: it holds 2 documents\n  fix: keep one'],
  ['a list of checks', 'checks: [a]', '1: checks is a list, not a mapping\n  fix: write "ignore: …" or "exclude: …" under it'],
  ['no YAML', 'checks: [', expect.stringMatching(/^\d is not YAML that Go reads: /)],
])('settings that are %s are refused', (_, text, message) => {
  expect(mistakes(text).replace('fluxwright.yaml:', '')).toEqual(message);
});

test('settings under the other ending are not passed over', () => {
  expect(() => readSettings(treeOf({ 'fluxwright.yml': 'checks: {}' }), RULES)).toThrow('fluxwright.yml is read by nothing\n  fix: rename it to fluxwright.yaml');
});

test('whatever stands there ends in settings or in a mistake with a line', () => {
  const key = constantFrom('checks', 'ignore', 'rule', 'reason', 'path', 'object', 'outsiders', 'exclude', 'kubernetes', 'flux', 'a.b');
  const value = dictionary(key, oneof(jsonValue({ maxDepth: 2 }), dictionary(key, jsonValue({ maxDepth: 2 }))));

  assert(property(oneof(jsonValue(), value.map((checks) => ({ checks }))), (data) => {
    try {
      settings(JSON.stringify(data));
    } catch (error) {
      if (!UserError.is(error)) throw error;
      for (const line of error.message.split('\n')) expect(line).toMatch(/^(fluxwright\.yaml:\d+|  fix: )/);
    }
  }));
});
