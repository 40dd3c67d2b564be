import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** More than the renders of a hundred large repositories. */
const MOST_BYTES = 512 * 1024 * 1024;
const DAY = 24 * 60 * 60 * 1000;
const MOST_DAYS = 30;
/** Part of every key: another number where what is stored changes. */
const FORMAT = 1;

/** Renders by what they are made of, in a folder of the user: what is asked for again costs a read. */
export class RenderCache {
  private readonly folder: string;
  private stored = 0;

  /** @param home fluxwright's folder in the user's cache */
  constructor(home: string) {
    this.folder = join(home, 'renders');
  }

  key(parts: readonly string[]): string {
    return createHash('sha256').update(JSON.stringify([FORMAT, ...parts])).digest('hex');
  }

  /** What was stored; undefined for what is not there or was damaged. */
  find(key: string): unknown {
    const path = join(this.folder, key);
    try {
      const text = readFileSync(path, 'utf8');
      const end = text.indexOf('\n');
      const body = text.slice(end + 1);
      if (text.slice(0, end) !== digestOf(body)) return undefined;
      this.touch(path);
      return JSON.parse(body) as unknown;
    } catch {
      return undefined;
    }
  }

  /** Keeps a value, as far as the disk lets us: what cannot be kept is made again. */
  store(key: string, value: unknown): void {
    const body = JSON.stringify(value);
    const temporary = join(this.folder, `.${key}.${randomBytes(6).toString('hex')}`);
    try {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(temporary, `${digestOf(body)}\n${body}`, { flag: 'wx' });
      renameSync(temporary, join(this.folder, key));
      this.stored++;
    } catch {
      // a full disk, or a folder that is not ours
    }
  }

  /** Forgets what nobody has asked for in a month, and more than that where there is too much. Called when something was added. */
  evict(): void {
    if (this.stored === 0) return;
    this.stored = 0;
    try {
      const entries = readdirSync(this.folder).flatMap((name) => {
        const status = statSync(join(this.folder, name), { throwIfNoEntry: false });
        return status === undefined ? [] : [{ name, size: status.size, used: status.mtimeMs }];
      }).sort((a, b) => b.used - a.used);
      let size = 0;
      for (const { name, size: own, used } of entries) {
        size += own;
        if (size > MOST_BYTES || used < entries[0]!.used - MOST_DAYS * DAY) rmSync(join(this.folder, name), { force: true });
      }
    } catch {
      // another process is at it
    }
  }

  /** Notes that it was used, at most once a day. */
  private touch(path: string): void {
    const now = Date.now();
    if (now - statSync(path).mtimeMs > DAY) utimesSync(path, now / 1000, now / 1000);
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
