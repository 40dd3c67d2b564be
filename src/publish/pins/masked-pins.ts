import { UserError } from '../../errors';
import { ManifestFile } from '../../tree/file';
import { isPinComment } from './pin';

/**
 * A text without what its pins hold, so that two texts can be told to differ in pins alone: the scalar and its comment go,
 * its key stays. A line of a block scalar may look like a pin and is none, so a text with markers is read as YAML; one that
 * is none keeps all that it says.
 */
export function maskPins(text: string): string {
  return maskPinsOf(ManifestFile.fromText('', text));
}

/** The same of a file, which need not be read where it was just written and knows its pins. */
export function maskPinsOf(file: ManifestFile): string {
  if (file.text.includes('\r\n')) return maskPins(file.text.replaceAll('\r\n', '\n'));
  if (!/# *\{"\$(?:imagepolicy|held)/.test(file.text)) return file.text;
  const lines = file.text.split('\n');
  for (const { line, source, comment } of pinLines(file)) {
    const shown = lines[line - 1]!;
    const scalar = shown.slice(0, shown.lastIndexOf(comment)).replace(/[ \t]+#+[ \t]*$/, '');
    if (scalar.endsWith(source)) lines[line - 1] = scalar.slice(0, -source.length);
  }
  return lines.join('\n');
}

function pinLines(file: ManifestFile): ManifestFile['commented'] {
  try {
    return file.commented.filter(isPinComment);
  } catch (error) {
    if (UserError.is(error)) return [];
    throw error;
  }
}
