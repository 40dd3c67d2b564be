import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLock } from '../../src/publish/publish-lock';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'fluxwright-lock-'))));
afterEach(() => rmSync(directory, { recursive: true }));

const DEAD = { token: 'dead', pid: 2 ** 22 + 1, host: hostname() };
const lock = (): string => join(directory, 'publish.lock');

test('a run that finds a living one waits, then fails with its process id', () => {
  writeFileSync(lock(), JSON.stringify({ token: 'a', pid: process.pid, host: hostname() }));

  expect(() => withLock(directory, 'publish', () => 'never', 100)).toThrow(
    `another synth is writing here (process ${process.pid} on ${hostname()}, ${lock()})\n  fix: wait until it ends; if it never does, end it or delete that file`,
  );
  expect(readdirSync(directory)).toEqual(['publish.lock']);
});

test('the lock of a dead process is taken over, also that of one which died taking it over', () => {
  writeFileSync(lock(), JSON.stringify(DEAD));
  writeFileSync(`${lock()}.after-dead`, JSON.stringify({ ...DEAD, token: 'dead2' }));

  expect(withLock(directory, 'publish', () => readdirSync(directory).length, 100)).toBeGreaterThan(2);
  expect(readdirSync(directory)).toEqual([]);
});

test('a process on another machine counts as alive', () => {
  writeFileSync(lock(), JSON.stringify({ ...DEAD, host: 'elsewhere' }));

  expect(() => withLock(directory, 'publish', () => 'never', 50)).toThrow('on elsewhere');
});

test('the lock is gone after work that throws', () => {
  expect(() => withLock(directory, 'publish', () => { throw new Error('work'); })).toThrow('work');
  expect(readdirSync(directory)).toEqual([]);
});

test('of many processes that find a dead lock, one works at a time', async () => {
  writeFileSync(lock(), JSON.stringify(DEAD));
  const log = join(directory, 'log');
  const script = `
    const { withLock } = require(${JSON.stringify(join(__dirname, '../../src/publish/publish-lock.ts'))});
    const { appendFileSync } = require('node:fs');
    for (let i = 0; i < 5; i++) withLock(${JSON.stringify(directory)}, 'publish', () => {
      appendFileSync(${JSON.stringify(log)}, 'in\\n');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      appendFileSync(${JSON.stringify(log)}, 'out\\n');
    });`;
  const children = Array.from({ length: 5 }, () => spawn(process.execPath, ['-r', 'tsx/cjs', '-e', script], { cwd: join(__dirname, '..', '..'), stdio: 'inherit' }));
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));

  expect(codes).toEqual([0, 0, 0, 0, 0]);
  expect(readFileSync(log, 'utf8')).toBe('in\nout\n'.repeat(25));
});
