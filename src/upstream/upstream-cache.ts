import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../errors';

/** fluxwright's folder in the user's cache. */
export function cacheHome(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'fluxwright');
}

/** Upstream releases, by their digests: one place for all projects of a user, so that a synth needs no network. */
export function upstreamCacheDirectory(): string {
  return join(cacheHome(), 'upstream');
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

/** Whether the cache has what belongs under a digest. */
export function cachedState(sha256: string): 'whole' | 'damaged' | 'absent' {
  if (findUpstream(sha256) !== undefined) return 'whole';
  return existsSync(join(upstreamCacheDirectory(), sha256)) ? 'damaged' : 'absent';
}

/**
 * Puts a release into the cache.
 * @throws UserError `digest-mismatch` for anything but the pinned bytes
 */
export function storeUpstream(bytes: Uint8Array, sha256: string, from: string): void {
  verifyDigest(bytes, sha256, from);
  replaceFile(upstreamCacheDirectory(), sha256, bytes);
}

/** Notes what was behind a URL, for those who know only that: a kustomization.yaml says no digest. */
export function rememberUrl(url: string, sha256: string): void {
  replaceFile(join(cacheHome(), 'upstream-urls'), sha256Of(Buffer.from(url)), `${sha256} ${url}\n`);
}

/** What was behind a URL when it was fetched last, or undefined. */
export function findUpstreamByUrl(url: string): Buffer | undefined {
  const file = join(cacheHome(), 'upstream-urls', sha256Of(Buffer.from(url)));
  if (!existsSync(file)) return undefined;
  const [, sha256, of] = /^([0-9a-f]{64}) (.*)\n$/.exec(readFileSync(file, 'utf8')) ?? [];
  return sha256 === undefined || of !== url ? undefined : findUpstream(sha256);
}

function replaceFile(directory: string, name: string, content: Uint8Array | string): void {
  const temporary = join(directory, `.${name}.${randomBytes(6).toString('hex')}`);
  mkdirSync(directory, { recursive: true });
  try {
    writeFileSync(temporary, content, { flag: 'wx' });
    renameSync(temporary, join(directory, name));
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
