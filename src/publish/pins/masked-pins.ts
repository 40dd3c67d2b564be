/**
 * A text without what its pins hold, so that two texts can be told to differ in pins alone. Line by line, without reading
 * the YAML: the scalar and its comment go, its key stays.
 */
export function maskPins(text: string): string {
  const unix = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
  return unix.includes('{"$') ? unix.replace(PIN_LINE, '$1') : unix;
}

/** Up to the key's colon or the dash; then the scalar and the comment. */
const PIN_LINE = /^([ ]*(?:- )*(?:[^\s:#"'][^:\n]*: )?)(?:\S.*?) # \{"\$(?:imagepolicy|held|held-at)": ?"[^\n]*\}[ \t]*$/gm;
