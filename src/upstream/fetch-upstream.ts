import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UserError } from '../errors';
import { visible } from '../visible';
import type { ProxyEnvironment } from './proxy';
import { findUpstream, findUpstreamByUrl, rememberUrl, sha256Of, storeUpstream } from './upstream-cache';

export interface FetchLimits {
  /** @default 64 MiB */
  readonly maxBytes?: number;
  /** @default one minute */
  readonly timeoutMilliseconds?: number;
  /**
   * Where `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` stand.
   * @default no proxy
   */
  readonly proxies?: ProxyEnvironment;
}

/**
 * Brings a release into the cache, unless it is there: by http, https or from a file URL.
 * @throws UserError `download-failed`, `digest-mismatch`
 */
export async function fetchUpstream(url: string, sha256: string, limits: FetchLimits = {}): Promise<'cached' | 'fetched'> {
  const isThere = findUpstream(sha256) !== undefined;
  if (!isThere) storeUpstream(await fetchBytes(url, limits), sha256, url);
  rememberUrl(url, sha256);
  return isThere ? 'cached' : 'fetched';
}

/**
 * Brings what is behind a URL into the cache, unless something from there is in it. Nobody has pinned it: what comes first counts.
 * @throws UserError `download-failed`
 */
export async function fetchUnpinned(url: string, limits: FetchLimits = {}): Promise<'cached' | 'fetched'> {
  if (findUpstreamByUrl(url) !== undefined) return 'cached';
  const bytes = await fetchBytes(url, limits);
  const sha256 = sha256Of(bytes);
  storeUpstream(bytes, sha256, url);
  rememberUrl(url, sha256);
  return 'fetched';
}

/**
 * What is behind a URL; nothing is kept. Of an archive it is the file that is named behind a `#`.
 * @throws UserError `download-failed`
 */
export async function fetchBytes(url: string, { maxBytes = 64 * 1024 * 1024, timeoutMilliseconds = 60_000, proxies = {} }: FetchLimits = {}): Promise<Uint8Array> {
  const { download, tooLarge } = require('./download') as typeof import('./download'); // loaded late: what is in the cache does without
  const { archiveMember, isArchive, memberIn } = require('./archive-member') as typeof import('./archive-member');
  try {
    const bytes = url.startsWith('file:') ? readLocal(url, maxBytes, tooLarge) : await download(url, { maxBytes, timeoutMilliseconds, proxies });
    return isArchive(url) ? archiveMember(bytes, memberIn(url), maxBytes) : bytes;
  } catch (error) {
    throw new UserError('download-failed', `${url} could not be fetched: ${visible(reasonOf(error))}`, 'check the URL and the network, or bring the file yourself and name it as "source"');
  }
}

function readLocal(url: string, maxBytes: number, tooLarge: (maxBytes: number) => string): Uint8Array {
  const path = fileURLToPath(url);
  const status = statSync(path);
  if (!status.isFile()) throw new Error('it is no file'); // a pipe or a device may never end
  if (status.size > maxBytes) throw new Error(tooLarge(maxBytes));
  return readFileSync(path);
}

/** `fetch` says only "fetch failed" and keeps what happened in the cause. */
function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return 'it took too long';
  return cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code || message : message;
}
