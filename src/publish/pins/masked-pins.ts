import { UserError } from '../../errors';
import { ManifestFile } from '../../tree/file';
import { isPinComment } from './pin';

/**
 * A text without what its pins hold, so that two texts can be told to differ in pins alone: the scalar and its comment go,
 * its key stays. A line of a block scalar may look like a pin and is none, so a text with markers is read as YAML; one that
 * is none keeps all that it says.
 */
export function maskPins(text: string): string {
  const unix = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
  if (!/# *\{"\$(?:imagepolicy|held)/.test(unix)) return unix;
  const lines = unix.split('\n');
  for (const { line, source, comment } of commentedOf(unix)) {
    const shown = lines[line - 1]!;
    const scalar = shown.slice(0, shown.lastIndexOf(comment)).replace(/[ \t]+#+[ \t]*$/, '');
    if (scalar.endsWith(source)) lines[line - 1] = scalar.slice(0, -source.length);
  }
  return lines.join('\n');
}

function commentedOf(text: string): ManifestFile['commented'] {
  try {
    return ManifestFile.fromText('', text).commented.filter(isPinComment);
  } catch (error) {
    if (UserError.is(error)) return [];
    throw error;
  }
}
