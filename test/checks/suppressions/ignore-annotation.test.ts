import { array, assert, constantFrom, property } from 'fast-check';
import { parseIgnoreAnnotation } from '../../../src/checks/suppressions/ignore-annotation';

const RULES = ['depends-on-missing', 'plaintext-secret', 'duplicate'];

const parse = (text: string) => parseIgnoreAnnotation(text, RULES);

test('it holds a rule and a reason', () => {
  expect(parse('depends-on-missing - the tenant brings it')).toEqual({ suppressions: [{ rule: 'depends-on-missing', reason: 'the tenant brings it' }], problems: [] });
});

test.each([
  ['lines', 'depends-on-missing - the tenant brings it\nplaintext-secret - a demo\n'],
  ['semicolons', 'depends-on-missing - the tenant brings it; plaintext-secret - a demo'],
  ['both, with the dash that an editor made', ' depends-on-missing – the tenant brings it;\n\nplaintext-secret — a demo;'],
])('several are parted by %s', (_, text) => {
  expect(parse(text)).toEqual({
    suppressions: [{ rule: 'depends-on-missing', reason: 'the tenant brings it' }, { rule: 'plaintext-secret', reason: 'a demo' }],
    problems: [],
  });
});

test('a reason may have dashes and semicolons in it', () => {
  expect(parse('duplicate - applied twice - on purpose; see the runbook').suppressions).toEqual([{ rule: 'duplicate', reason: 'applied twice - on purpose; see the runbook' }]);
});

test.each([
  ['', 'fluxwright.dev/ignore is empty', 'write "rule-id - reason", or take it off'],
  [' ;\n', 'fluxwright.dev/ignore is empty', 'write "rule-id - reason", or take it off'],
  ['duplicate', 'fluxwright.dev/ignore gives no reason for duplicate', 'write "duplicate - " and why the finding is right as it is'],
  ['duplicate -', 'fluxwright.dev/ignore gives no reason for duplicate', 'write "duplicate - " and why the finding is right as it is'],
  ['dependson-missing - we know', 'fluxwright.dev/ignore names "dependson-missing", which is no rule', 'write "depends-on-missing"'],
  ['we know', 'fluxwright.dev/ignore names "we know", which is no rule', 'write "rule-id - reason", with an id that "fluxwright explain" lists'],
])('%j suppresses nothing, and says why', (text, message, fix) => {
  expect(parse(text)).toEqual({ suppressions: [], problems: [{ message, fix }] });
});

test('a mistake in one leaves the others', () => {
  expect(parse('duplicate - twice; plaintext-secret; nothing-known - at all')).toEqual({
    suppressions: [{ rule: 'duplicate', reason: 'twice' }],
    problems: [
      { message: 'fluxwright.dev/ignore gives no reason for plaintext-secret', fix: 'write "plaintext-secret - " and why the finding is right as it is' },
      { message: 'fluxwright.dev/ignore names "nothing-known", which is no rule', fix: 'write "rule-id - reason", with an id that "fluxwright explain" lists' },
    ],
  });
});

test('whatever stands in it ends in suppressions of known rules with reasons, or in problems', () => {
  const text = array(constantFrom('duplicate', 'plaintext-secret', 'x-y', ' - ', ';', '\n', ' ', 'why', '–'), { maxLength: 12 }).map((parts) => parts.join(''));

  assert(property(text, (annotation) => {
    const { suppressions, problems } = parse(annotation);

    expect(suppressions.length + problems.length).toBeGreaterThan(0);
    for (const { rule, reason } of suppressions) expect([RULES.includes(rule), reason.trim() !== '']).toEqual([true, true]);
  }));
});
