import { isMap, isScalar, isSeq, parseDocument, type Document, type YAMLMap } from 'yaml';
import { UserError } from '../errors';
import type { SopsKind } from './kinds';

/** The field of a rule that holds recipients of a kind. */
const FIELDS: Readonly<Record<SopsKind, string>> = { 'age': 'age', 'pgp': 'pgp', 'gcp-kms': 'gcp_kms', 'aws-kms': 'kms', 'azure-kv': 'azure_keyvault' };

/**
 * Adds a recipient to the rule of a `.sops.yaml` that holds for all files, or such a rule at its end; comments stay.
 * @param text undefined for a file that is not there yet
 * @throws UserError `file-malformed`, also for a rule whose keys are in groups
 */
export function withRecipient(text: string | undefined, kind: SopsKind, key: string): string {
  const document: Document = parseDocument(text ?? 'creation_rules: []\n', { logLevel: 'silent' });
  const rules = document.errors.length === 0 && isMap(document.contents) ? document.contents.get('creation_rules') : undefined;
  if (rules !== undefined && rules !== null && !isSeq(rules)) throw malformed();
  if (document.errors.length > 0 || (document.contents !== null && !isMap(document.contents))) throw malformed();
  const open = isSeq(rules) ? (rules.items.find((rule) => isMap(rule) && !rule.has('path_regex')) as YAMLMap | undefined) : undefined;
  const field = FIELDS[kind];
  if (open?.has('key_groups') === true) throw new UserError('file-malformed', '.sops.yaml has a rule for all files whose keys are in groups', `add ${key} to the group that it belongs to`);
  const present = open?.get(field);
  if (present !== undefined && typeof present !== 'string') throw new UserError('file-malformed', `.sops.yaml has ${field} in a form that is not one text`, `add ${key} to it`);
  const keys = (present ?? '').split(',').map((one) => one.trim()).filter((one) => one !== '');
  if (keys.includes(key)) return text!;
  if (open !== undefined) open.set(field, [...keys, key].join(','));
  else if (isSeq(rules)) {
    rules.flow = false;
    rules.add(document.createNode({ encrypted_regex: '^(data|stringData)$', [field]: key }));
  } else document.set('creation_rules', document.createNode([{ encrypted_regex: '^(data|stringData)$', [field]: key }]));
  const result = document.toString({ lineWidth: 0 });
  return text?.includes('\r\n') === true ? result.replace(/\r?\n/g, '\r\n') : result;
}

/** What stands around a key in a list; "+" and a role follow one of AWS, and a slash may end one of Azure. */
const BOUND = /[\s,'"]/;
const ENDS = /^(\+|\/?([\s,'"]|$))/;

/** Puts one key in the place of another, wherever a rule names it; not in a longer name, as sops is in sops-prod. */
export function withOtherKey(text: string, from: string, to: string): string {
  const document = parseDocument(text, { logLevel: 'silent' });
  if (document.errors.length > 0) throw malformed();
  const edits: { at: number; end: number }[] = [];
  const visit = (node: unknown): void => {
    if (isMap(node)) for (const pair of node.items) visit(pair.value);
    else if (isSeq(node)) node.items.forEach(visit);
    else if (isScalar(node) && typeof node.value === 'string' && node.value.includes(from) && node.range !== undefined && node.range !== null) {
      const [begin, end] = node.range;
      for (let at = text.indexOf(from, begin); at !== -1 && at < end; at = text.indexOf(from, at + from.length)) {
        const after = at + from.length;
        if ((at === begin || BOUND.test(text.charAt(at - 1))) && (after === end || ENDS.test(text.slice(after, after + 2)))) edits.push({ at, end: after });
      }
    }
  };
  visit(document.contents);
  return edits.reverse().reduce((result, { at, end }) => result.slice(0, at) + to + result.slice(end), text);
}

function malformed(): UserError {
  return new UserError('file-malformed', '.sops.yaml cannot be read as rules of SOPS', 'mend it: https://getsops.io/docs/#using-sopsyaml-conf-to-select-kms-pgp-and-age-for-new-files');
}
