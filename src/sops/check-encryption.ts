import { UserError } from '../errors';
import { formatOf, isEncrypted, readSopsFile, type SopsFile } from './encrypted-file';
import { recipientsIn, recipientsOf } from './recipients';
import { awsKey } from './rules-file';
import { coverageOf, covers, type SopsCoverage, type SopsRule } from './rule';

/**
 * What keeps a file from being really encrypted. No value of it is ever part of a message.
 * @param path for messages, from the root
 * @param rule the one that applies to the file, if any is known
 */
export function checkEncryption(path: string, text: string, rule?: SopsRule): UserError[] {
  let file: SopsFile;
  try {
    file = readSopsFile(path, text);
  } catch (error) {
    if (UserError.is(error)) return [error];
    throw error;
  }
  const { metadata, values } = file;
  if (metadata === undefined || !isEncrypted(metadata['mac']) || !metadata['lastmodified']) {
    const first = values.find(({ state }) => state === 'plaintext');
    const where = first === undefined ? path : `${path}:${first.line}`;
    return [notEncrypted(`${where} is not encrypted: SOPS has not written this file`, `run: ${encryptCommand(path, rule)}`)];
  }
  const coverages = [metadataCoverage(metadata), ...(rule === undefined ? [] : [coverageOf(rule)])];
  const plaintext = values.find(({ keys, state }) => state === 'plaintext' && coverages.some((coverage) => covers(coverage, keys)));
  if (plaintext !== undefined) {
    return [notEncrypted(`${path}:${plaintext.line} has ${plaintext.keys.join('.')} in plaintext`, `take the value out, add it again with "sops ${path}", and change the secret where it is used: it was readable`)];
  }
  if (!values.some(({ state }) => state === 'encrypted')) {
    return [notEncrypted(`${path} holds no encrypted value: its rules cover none of its keys`, 'choose another encrypted_regex for it in .sops.yaml, or none to encrypt the whole file, and encrypt it again')];
  }
  return rule === undefined ? [] : checkRecipients(path, recipientsIn(metadata), recipientsOf(rule));
}

function checkRecipients(path: string, found: readonly string[], wanted: readonly string[]): UserError[] {
  const missing = wanted.filter((recipient) => !found.includes(recipient));
  const extra = found.filter((recipient) => !wanted.includes(recipient));
  if (missing.length === 0 && extra.length === 0) return [];
  const parts = [missing.length > 0 ? `not encrypted for ${missing.join(', ')}` : '', extra.length > 0 ? `still encrypted for ${extra.join(', ')}` : ''];
  return [notEncrypted(`${path} is ${parts.filter((part) => part !== '').join(' and ')}, other than its rule in .sops.yaml says`, `run: ${rotateCommand(path, missing, extra)}`)];
}

/** The command that encrypts a file for others. `sops updatekeys` would not do: it reads the .sops.yaml that is not written before this is mended. */
function rotateCommand(path: string, added: readonly string[], removed: readonly string[]): string {
  const flags = (verb: 'add' | 'rm', recipients: readonly string[]): string => recipients.map((recipient) => ` --${verb}-${keyType(recipient)} ${recipient}`).join('');
  return `sops rotate --in-place${flags('add', added)}${flags('rm', removed)} ${path}`;
}

/** What sops calls the kind of a recipient, in its flags. */
export function keyType(recipient: string): string {
  if (recipient.startsWith('age1') || recipient.startsWith('ssh-')) return 'age';
  if (recipient.startsWith('arn:')) return 'kms';
  if (recipient.startsWith('projects/')) return 'gcp-kms';
  if (/^https:\/\/[^/]*\.vault\./.test(recipient)) return 'azure-kv';
  return recipient.includes('://') ? 'hc-vault-transit' : 'pgp';
}

/** The command that encrypts a file in place; it needs no .sops.yaml, which may not have been written yet. */
export function encryptCommand(path: string, rule?: SopsRule): string {
  return `sops --encrypt${flags(path, rule)} --in-place ${path}`;
}

/** The command that opens an editor on a file that is not there yet, and writes it encrypted. */
export function createCommand(path: string, rule?: SopsRule): string {
  return `sops${flags(path, rule)} ${path}`;
}

function flags(path: string, rule: SopsRule | undefined): string {
  const binary = formatOf(path) === 'binary' ? ' --input-type binary' : '';
  if (rule === undefined || rule.keyGroups !== undefined) return binary;
  const coverage = coverageOf(rule);
  const named: [string, string | null | undefined][] = [
    ['age', rule.age?.join(',')],
    ['pgp', rule.pgp?.join(',')],
    ['gcp-kms', rule.gcpKms?.join(',')],
    ['kms', rule.awsKms?.map((key) => awsKey(key).arn).join(',')],
    ['azure-kv', rule.azureKeyVault?.join(',')],
    ['hc-vault-transit', rule.hcVault?.join(',')],
    ['encrypted-regex', coverage.encryptedRegex],
    ['unencrypted-regex', coverage.unencryptedRegex],
    ['encrypted-suffix', coverage.encryptedSuffix],
    ['unencrypted-suffix', coverage.unencryptedSuffix],
  ];
  return binary + named.map(([name, value]) => (value ? ` --${name} '${value}'` : '')).join('');
}

function metadataCoverage(metadata: Readonly<Record<string, unknown>>): SopsCoverage {
  const text = (key: string): string | undefined => (typeof metadata[key] === 'string' ? metadata[key] : undefined);
  return { encryptedRegex: text('encrypted_regex'), unencryptedRegex: text('unencrypted_regex'), encryptedSuffix: text('encrypted_suffix'), unencryptedSuffix: text('unencrypted_suffix') };
}

function notEncrypted(problem: string, fix: string): UserError {
  return new UserError('not-encrypted', problem, fix);
}
