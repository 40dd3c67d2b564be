/**
 * A JSON pointer from its steps, each escaped: `/` in a key is `~1`, `~` is `~0`.
 * A number is an index, `-` the place after a list's last item.
 *
 * @example
 * jsonPointer('metadata', 'labels', 'istio.io/rev'); // "/metadata/labels/istio.io~1rev"
 * @see https://datatracker.ietf.org/doc/html/rfc6901
 */
export function jsonPointer(...steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Whether a text is a pointer to something below the root. */
export function isJsonPointer(text: string): boolean {
  return /^(\/([^~/]|~[01])*)+$/.test(text);
}
