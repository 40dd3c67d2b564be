import Ajv from 'ajv';
import { parse } from 'yaml';
import { SETTINGS_SCHEMA_FILE, settingsSchema } from '../../scripts/settings-schema';
import { rules } from '../../src/checks';
import { readSettings } from '../../src/checks/read-settings';
import { UserError } from '../../src/errors';
import { treeOf } from '../checks/check-tree';
import { readPage } from './page';

const RULES = ['depends-on-missing', 'path-missing'];
const isValid = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(settingsSchema(RULES)) as object);

test('the schema that editors get is that of the rules there are: after a change, `npm run reference` writes it', () => {
  expect(readPage(SETTINGS_SCHEMA_FILE)).toBe(settingsSchema(rules.map(({ id }) => id)));
});

const ignored = (text: string) => `checks: { ignore: [{ ${text} }] }`;

test.each([
  '', 'checks:', 'checks: {}', 'checks: { ignore: null, exclude: }', ignored('rule: path-missing, reason: why'), ignored('rule: path-missing, reason: why, path: a/, object: Cluster/*'),
  'checks: { outsiders: [Secret/flux-system/sops-age, StorageClass/*, K8sThing/x] }', 'checks: { kubernetes: "1.30", flux: v2.8.3, exclude: [test/] }',
])('editors and fluxwright both take %s', (text) => {
  expect({ editor: isValid(parse(text)), fluxwright: accepts(text) }).toEqual({ editor: true, fluxwright: true });
});

test.each([
  '- a', 'a', 'check: {}', 'checks: []', 'checks: { ignored: [] }', 'checks: { ignore: {} }', 'checks: { ignore: [a] }', 'checks: { ignore: [null] }',
  ignored('rule: path-missing'), ignored('reason: why'), ignored('rule: path-mising, reason: why'), ignored('rule: path-missing, reason: " "'), ignored('rule: path-missing, reason: 3'),
  ignored('rule: path-missing, reason: why, path: []'), ignored('rule: path-missing, reason: why, object: Cluster'), ignored('rule: path-missing, reason: why, line: 3'), ignored('rule: path-missing, reason: why, path: null'),
  'checks: { outsiders: [sops-age] }', 'checks: { outsiders: [a/b/c/d] }', 'checks: { outsiders: Secret/a }', 'checks: { kubernetes: 1.30 }', 'checks: { kubernetes: "2.0" }', 'checks: { flux: "1.4" }', 'checks: { flux: "2.99" }', 'checks: { exclude: [3] }',
])('neither takes %s', (text) => {
  expect({ editor: isValid(parse(text)), fluxwright: accepts(text) }).toEqual({ editor: false, fluxwright: false });
});

function accepts(text: string): boolean {
  try {
    readSettings(treeOf({ 'fluxwright.yaml': text }), RULES);
    return true;
  } catch (error) {
    if (!UserError.is(error)) throw error;
    return false;
  }
}
