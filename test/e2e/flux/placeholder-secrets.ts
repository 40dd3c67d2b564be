import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { isScalar, parseAllDocuments, visit } from 'yaml';
import { programPath } from '../harness/programs';

/** What every encrypted value of a platform holds here, since nobody has the keys that its files were encrypted for. */
export const PLACEHOLDER = 'a-secret-of-this-run';

/** Encrypted values of the platforms that the API server takes only in a certain form, by their key. */
const LOOKED_INTO: Readonly<Record<string, string>> = { '.dockerconfigjson': '{"auths":{}}', environment: 'AzurePublicCloud' };

const ENCRYPTED = /ENC\[AES256_GCM,data:[^,]*,iv:[^\]]*?type:(\w+)\]/;

export function isSopsFile(bytes: Buffer): boolean {
  return bytes.includes('ENC[AES256_GCM,') && bytes.includes('lastmodified');
}

/** The file as it might have been before SOPS encrypted it, with placeholders for values. */
export function withPlaceholders(path: string, bytes: Buffer): Buffer {
  const text = bytes.toString('utf8');
  if (isWhole(text)) return Buffer.from(`${PLACEHOLDER}\n`);
  if (path.endsWith('.env')) {
    const lines = text.split('\n').filter((line) => !line.startsWith('sops_') && !line.startsWith('#ENC['));
    return Buffer.from(lines.map((line) => line.replace(ENCRYPTED, PLACEHOLDER)).join('\n'));
  }
  const documents = parseAllDocuments(text);
  for (const document of documents) {
    document.delete('sops');
    const isSecret = document.get('kind') === 'Secret';
    visit(document, {
      Scalar: (_, node, ancestors) => {
        const type = typeof node.value === 'string' ? ENCRYPTED.exec(node.value)?.[1] : undefined;
        if (type === undefined) return;
        const keys = ancestors.flatMap((one) => ('key' in one && isScalar(one.key) ? [one.key.value] : []));
        const value = LOOKED_INTO[String(keys.at(-1))] ?? PLACEHOLDER;
        node.value = { int: 1, float: 1.5, bool: true }[type] ?? (isSecret && keys.includes('data') ? Buffer.from(value).toString('base64') : value);
      },
    });
    document.commentBefore = null;
  }
  return Buffer.from(path.endsWith('.json') ? JSON.stringify(documents[0]!.toJS()) : documents.map(String).join(''));
}

/** The file, with placeholders, encrypted for a key of this run, in the way that SOPS encrypted it before. */
export function encryptedAgain(path: string, bytes: Buffer, recipient: string): Buffer {
  const text = bytes.toString('utf8');
  const regex = /^ *"?encrypted_regex"?: *(.*?),?$/m.exec(text)?.[1]?.replace(/^["']|["']$/g, '');
  const { status, stdout, stderr } = spawnSync(programPath('sops'), [
    'encrypt', '--age', recipient, ...(regex === undefined ? [] : ['--encrypted-regex', regex]), ...(isWhole(text) ? ['--input-type', 'binary'] : []), '--filename-override', basename(path),
  ], { input: withPlaceholders(path, bytes), cwd: '/' });
  if (status !== 0) throw new Error(`${path} cannot be encrypted: ${String(stderr)}`);
  return stdout;
}

/** A file that is no YAML, JSON or the like is encrypted as one value. */
function isWhole(text: string): boolean {
  return /^\{\s*"data": "ENC\[/.test(text);
}
