import { baseName } from '../tree/path';
import type { Tree } from '../tree/tree';

/** Larger files are data of other kinds. */
const MOST_BYTES = 2 * 1024 * 1024;

/** The files of a tree that SOPS has written, by path. */
export function encryptedPaths(tree: Tree): string[] {
  return [...tree].filter(({ path, bytes }) => {
    if (baseName(path) === '.sops.yaml' || bytes.length > MOST_BYTES || bytes.subarray(0, 8192).includes(0)) return false;
    const text = bytes.toString('utf8');
    return text.includes('ENC[AES256_GCM,data:') && /^sops:|^"?sops_(mac|version|lastmodified)|^\s*"sops":|^\[sops\]/m.test(text);
  }).map(({ path }) => path);
}
