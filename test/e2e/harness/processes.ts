import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { listenersBeyondLoopback } from './loopback';
import type { Scope } from './scope';

/** In seconds: a machine that has much else to do takes long to start something. */
const PATIENCE = 300;

export interface Process {
  readonly log: string;
}

export interface ProcessOptions {
  /** Where its output goes, as `<name>.log`. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Resolves to whether it answers. */
  readonly isReady: () => Promise<boolean>;
}

/**
 * Starts a program, and returns when it is ready. It is stopped, by its own process id, when the scope ends.
 * @throws Error with the end of its output, where it ends by itself or does not get ready; or where other machines could reach it
 */
export async function startProcess(scope: Scope, name: string, path: string, parameters: readonly string[], { folder, env, isReady }: ProcessOptions): Promise<Process> {
  scope.mustBeOpen();
  const log = join(folder, `${name}.log`);
  const output = createWriteStream(log);
  const child = spawn(path, parameters, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(output);
  child.stderr.pipe(output);
  let isEnded = false;
  const exited = once(child, 'exit').finally(() => (isEnded = true));
  scope.defer(async () => {
    if (isEnded) return;
    child.kill('SIGTERM');
    const killing = setTimeout(10_000, undefined, { ref: false }).then(() => isEnded || child.kill('SIGKILL'));
    await Promise.race([exited, killing.then(() => exited)]);
  });

  for (const deadline = Date.now() + PATIENCE * 1000; !(await isReady()); await setTimeout(100)) {
    if (isEnded || Date.now() > deadline) throw new Error(`${name} ${isEnded ? 'has ended' : 'does not get ready'}:\n${readFileSync(log, 'utf8').slice(-3000)}`);
  }
  const exposed = listenersBeyondLoopback(child.pid!);
  if (exposed.length > 0) throw new Error(`${name} can be reached from other machines, at ${exposed.join(', ')}`);
  return { log };
}

/** Ports of the loopback device that nobody listens at. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
  }));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

export async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(5000) }).then(({ ok }) => ok, () => false);
}

/**
 * Waits for something to hold.
 * @throws Error with what `describe` says, where it does not in time
 */
export async function until(holds: () => Promise<boolean> | boolean, seconds: number, describe: () => Promise<string> | string): Promise<void> {
  for (const deadline = Date.now() + seconds * 1000; !(await holds()); await setTimeout(250)) {
    if (Date.now() > deadline) throw new Error(`not after ${seconds} s: ${await describe()}`);
  }
}
