import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Scope } from '../../harness/scope';
import type { Answer, Order } from './publisher';

/** How a file of ours is run as a process: with the same loader as this one. */
export const NODE = [process.execPath, '--conditions=fluxwright-source', '-r', 'tsx/cjs'] as const;

/** A process that publishes when it is told, and can be killed while it does so. */
export class PublisherProcess {
  private readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;
  readonly ready: Promise<unknown>;

  constructor(scope: Scope) {
    scope.mustBeOpen();
    const [node, ...parameters] = NODE;
    this.child = spawn(node, [...parameters, join(__dirname, 'publisher.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.child.stdin!.on('error', () => {}); // it may be dead by then
    this.lines = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
    this.ready = this.answer();
    scope.defer(() => this.kill());
  }

  tell(order: Order): void {
    this.child.stdin!.write(`${JSON.stringify(order)}\n`);
  }

  /** Undefined where the process is dead. */
  async answer(): Promise<Answer | undefined> {
    const { value, done } = await this.lines.next();
    return done === true ? undefined : (JSON.parse(value) as Answer);
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }
}

/** Keeps a few processes starting ahead of their use, since starting takes longer than what they are used for. */
export class PublisherPool {
  private readonly waiting: PublisherProcess[] = [];
  private started = 0;

  constructor(private readonly scope: Scope, private readonly total: number) {}

  async next(): Promise<PublisherProcess> {
    while (this.waiting.length < 4 && this.started < this.total) {
      this.started++;
      this.waiting.push(new PublisherProcess(this.scope));
    }
    const publisher = this.waiting.shift()!;
    await publisher.ready;
    return publisher;
  }
}
