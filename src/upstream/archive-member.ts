import { gunzipSync } from 'node:zlib';
import { parseTar } from 'nanotar';
import { nearestTo } from '../nearest';

/** Names are few in a bundle of manifests; of others the first ones do. */
const MOST_NAMED = 10;

export function isArchive(url: string): boolean {
  return /\.(tar|tar\.gz|tgz)(\?[^#]*)?(#|$)/.test(url);
}

/** The file in an archive that a URL is for; '' where it names none. */
export function memberIn(url: string): string {
  const hash = url.indexOf('#');
  return hash < 0 ? '' : decodeURIComponent(url.slice(hash + 1));
}

/**
 * A file in an archive. What goes wrong is an `Error` that says it in a few words.
 * @param member its path in the archive, as the URL has it behind a `#`; '' where it has none
 */
export function archiveMember(archive: Uint8Array, member: string, maxBytes: number): Uint8Array {
  const manifests = filesIn(unpacked(archive, maxBytes));
  const wanted = member.replace(/^\.?\//, '');
  const found = manifests.find(({ name }) => name === wanted);
  if (found !== undefined) return found.data;
  const names = manifests.map(({ name }) => name).filter((name) => /\.ya?ml$/.test(name)).sort();
  const near = nearestTo(wanted, names);
  const known = names.length > MOST_NAMED ? `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more` : names.join(', ');
  throw new Error(wanted === '' ? `it is an archive; put "#" and the file behind the URL: ${known}` : `there is no ${wanted} in the archive, but ${near ?? known}`);
}

function unpacked(archive: Uint8Array, maxBytes: number): Uint8Array {
  if (archive[0] !== 0x1f || archive[1] !== 0x8b) return archive;
  try {
    return gunzipSync(archive, { maxOutputLength: maxBytes });
  } catch (error) {
    const isLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new Error(isLarge ? `it is larger than ${maxBytes} bytes when it is unpacked` : 'it is damaged, and cannot be unpacked');
  }
}

function filesIn(bytes: Uint8Array): { readonly name: string; readonly data: Uint8Array }[] {
  try {
    // an array of its own: the parser looks at all of the memory that a view is of
    return parseTar(new Uint8Array(bytes).buffer, { filter: ({ type, size }) => isSane(size) && type === 'file' })
      .map(({ name, data }) => ({ name: name.replace(/^\.?\//, ''), data: data ?? new Uint8Array() }));
  } catch {
    throw new Error('it is no archive that can be read');
  }
}

/** A negative size would have the parser go back for ever. */
function isSane(size: number): boolean {
  if (size >= 0) return true;
  throw new Error('a file in it has no size');
}
