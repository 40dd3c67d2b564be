/**
 * The comments that make a scalar a pin.
 *
 * `# {"$imagepolicy": "flux-system:server:tag"}` is Flux's: its image automation writes the scalar.
 *
 * The others are ours, and Flux ignores them:
 * `# {"$imagepolicy-on-hold": "flux-system:server:tag"}` - the marker, taken off in the tree by `fluxwright pins hold`: the scalar
 * keeps what is committed until the marker is put on again there.
 * `# {"$imagepolicy": "flux-system:dev-server", "$imagepolicy-in-branch": "dev"}` - a marker of one branch, for a policy of its own,
 * which `fluxwright ephemeral add` put there: elsewhere, as after a merge, it counts for nothing and goes.
 * `# {"$held": "prod-1", "$imagepolicy-held": "flux-system:server:tag"}` - the scalar keeps what was committed although code
 * says `prod-1`; that ends when code says something else.
 * `# {"$held-at": "prod-3", "$imagepolicy-held": "flux-system:server:tag"}` - code asked for this very value: publishing took it
 * over what was committed, once; what somebody commits there afterwards stays until code says something else.
 */
export interface Marker {
  /** `namespace:name` of the ImagePolicy. */
  readonly policy: string;
  /** Which part of the image the scalar holds; the whole reference if left out. */
  readonly part?: ImagePart;
}

export type ImagePart = 'name' | 'tag' | 'digest';

export interface Hold {
  /** What code said when the scalar was held: the hold ends when code says something else. */
  readonly literal: string;
  /** Whether code asks for that very value, whatever was committed when it began to. */
  readonly exact?: boolean;
  /** The marker that was taken off, so that a held scalar is found again when its object moves. */
  readonly marker?: Marker;
}

const IN_BRANCH = '$imagepolicy-in-branch';
const ON_HOLD = '$imagepolicy-on-hold';

const PARTS: readonly string[] = ['name', 'tag', 'digest'];

export function formatMarker(marker: Marker): string {
  return JSON.stringify({ $imagepolicy: setter(marker) }).replace('":"', '": "');
}

export function formatMarkerInBranch(marker: Marker, branch: string): string {
  return `{"$imagepolicy": ${JSON.stringify(setter(marker))}, "${IN_BRANCH}": ${inAscii(branch)}}`;
}

/** The branch that a marker is for; undefined for one that counts everywhere. */
export function parseMarkerBranch(comment: string): string | undefined {
  const branch = parseComment(comment)?.[IN_BRANCH];
  return typeof branch === 'string' ? branch : undefined;
}

export function formatMarkerOnHold(marker: Marker): string {
  return JSON.stringify({ [ON_HOLD]: setter(marker) }).replace('":"', '": "');
}

export function formatHold({ literal, exact, marker }: Hold): string {
  const policy = marker === undefined ? '' : `, "$imagepolicy-held": ${JSON.stringify(setter(marker))}`;
  return `{${exact ? '"$held-at"' : '"$held"'}: ${inAscii(literal)}${policy}}`;
}

/** The marker in a comment (without its `#`), as Flux reads it; undefined if there is none. */
export function parseMarker(comment: string): Marker | undefined {
  const data = parseComment(comment);
  const setter = data?.['$imagepolicy'];
  // Flux decodes the comment into a map of strings, and gives up where that fails
  return typeof setter === 'string' && Object.values(data!).every((value) => typeof value === 'string') ? parseSetter(setter) : undefined;
}

/** The marker that was taken off in the tree; undefined where the scalar has one that counts. */
export function parseMarkerOnHold(comment: string): Marker | undefined {
  const setter = parseMarker(comment) === undefined ? parseComment(comment)?.[ON_HOLD] : undefined;
  return typeof setter === 'string' ? parseSetter(setter) : undefined;
}

export function parseHold(comment: string): Hold | undefined {
  const data = parseComment(comment);
  const literal = data?.['$held-at'] ?? data?.['$held'];
  if (typeof literal !== 'string') return undefined;
  const held = data?.['$imagepolicy-held'];
  return { literal, ...('$held-at' in data! ? { exact: true } : {}), marker: typeof held === 'string' ? parseSetter(held) : undefined };
}

/** A JSON string that may stand in any comment: some readers take a character beyond ASCII for the end of a line. */
function inAscii(text: string): string {
  return JSON.stringify(text).replace(/[\x7F-\uFFFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function setter({ policy, part }: Marker): string {
  return part === undefined ? policy : `${policy}:${part}`;
}

function parseSetter(setter: string): Marker | undefined {
  const [namespace, name, part, ...rest] = setter.split(':');
  if (!namespace || !name || rest.length > 0) return undefined;
  if (part === undefined) return { policy: `${namespace}:${name}` };
  return PARTS.includes(part) ? { policy: `${namespace}:${name}`, part: part as ImagePart } : undefined;
}

function parseComment(comment: string): Record<string, unknown> | undefined {
  const text = comment.trim();
  if (!text.startsWith('{')) return undefined;
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
