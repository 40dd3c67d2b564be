import { UserError } from '../errors';

/**
 * The text of a YAML file: UTF-8, or UTF-16 with a byte order mark; the mark is taken off.
 * @param file name for messages
 * @throws UserError `yaml-invalid` for bytes that are neither
 */
export function decode(bytes: Buffer, file: string): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new UserError('yaml-invalid', `${file} is not text in ${encoding.toUpperCase()}`, 'save it as UTF-8');
  }
}
