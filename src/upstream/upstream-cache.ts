import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../errors';

/** Upstream releases, by their digests: one place for all projects of a user, so that a synth needs no network. */
export function upstreamCacheDirectory(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'fluxwright', 'upstream');
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What is in the cache under a digest, or undefined. A damaged entry counts as none. */
export function findUpstream(sha256: string): Buffer | undefined {
  const file = join(upstreamCacheDirectory(), sha256);
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  return sha256Of(bytes) === sha256 ? bytes : undefined;
}

/**
 * Puts a release into the cache.
 * @throws UserError `digest-mismatch` for anything but the pinned bytes
 */
export function storeUpstream(bytes: Uint8Array, sha256: string, from: string): void {
  verifyDigest(bytes, sha256, from);
  const directory = upstreamCacheDirectory();
  const temporary = join(directory, `.${sha256}.${randomBytes(6).toString('hex')}`);
  mkdirSync(directory, { recursive: true });
  try {
    writeFileSync(temporary, bytes, { flag: 'wx' });
    renameSync(temporary, join(directory, sha256));
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** @throws UserError `digest-mismatch` with both digests */
export function verifyDigest(bytes: Uint8Array, sha256: string, from: string): void {
  const found = sha256Of(bytes);
  if (found === sha256) return;
  throw new UserError('digest-mismatch', `${from} has the sha256 ${found}, not the pinned ${sha256}`, 'find out why it changed; if the new contents are right, pin their digest');
}

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
  if (findUpstream(sha256) !== undefined) return 'cached';
  const { maxBytes = 64 * 1024 * 1024, timeoutMilliseconds = 60_000 } = limits;
  let bytes: Uint8Array;
  try {
    bytes = url.startsWith('file:') ? readLocal(url, maxBytes) : await download(url, maxBytes, timeoutMilliseconds);
  } catch (error) {
    throw new UserError('download-failed', `${url} could not be fetched: ${reasonOf(error)}`, 'check the URL and the network, or bring the file yourself and name it as "source"');
  }
  storeUpstream(bytes, sha256, url);
  return 'fetched';
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
