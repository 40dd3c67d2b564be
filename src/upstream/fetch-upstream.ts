import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UserError } from '../errors';
import { findUpstream, findUpstreamByUrl, rememberUrl, sha256Of, storeUpstream } from './upstream-cache';

export interface FetchLimits {
  /** @default 64 MiB */
  readonly maxBytes?: number;
  /** @default one minute */
  readonly timeoutMilliseconds?: number;
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

async function fetchBytes(url: string, { maxBytes = 64 * 1024 * 1024, timeoutMilliseconds = 60_000 }: FetchLimits): Promise<Uint8Array> {
  try {
    return url.startsWith('file:') ? readLocal(url, maxBytes) : await download(url, maxBytes, timeoutMilliseconds);
  } catch (error) {
    throw new UserError('download-failed', `${url} could not be fetched: ${reasonOf(error)}`, 'check the URL and the network, or bring the file yourself and name it as "source"');
  }
}

function readLocal(url: string, maxBytes: number): Uint8Array {
  const path = fileURLToPath(url);
  if (statSync(path).size > maxBytes) throw new Error(tooLarge(maxBytes));
  return readFileSync(path);
}

async function download(url: string, maxBytes: number, timeout: number): Promise<Uint8Array> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeout), redirect: 'follow' });
  if (url.startsWith('https:') && !response.url.startsWith('https:')) throw new Error(`it was redirected to ${response.url}, which is not encrypted`);
  if (!response.ok) throw new Error(`the server answered ${response.status} ${response.statusText}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).length;
    if (size > maxBytes) throw new Error(tooLarge(maxBytes));
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
}

function tooLarge(maxBytes: number): string {
  return `it is larger than ${maxBytes} bytes`;
}

/** `fetch` says only "fetch failed" and keeps what happened in the cause. */
function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return 'it took too long';
  return cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code || message : message;
}
