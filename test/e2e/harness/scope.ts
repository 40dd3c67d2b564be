/**
 * What has to be undone: processes to stop, folders to remove, keys to wipe. Undone last first, when the work in the scope
 * ends, however it ends; a scope inside another ends with it, so that a signal has to close only the outermost.
 */
export class Scope {
  private readonly tasks = new Set<() => void | Promise<void>>();
  private closing?: Promise<void>;

  defer(task: () => void | Promise<void>): void {
    this.tasks.add(task);
    this.mustBeOpen();
  }

  /** @throws Error when all is being undone: what is begun now would be left behind */
  mustBeOpen(): void {
    if (this.closing !== undefined) throw new Error('the run is being stopped');
  }

  /** Runs `work` in a scope of its own. */
  async within<T>(work: (scope: Scope) => Promise<T>): Promise<T> {
    this.mustBeOpen();
    const inner = new Scope();
    const close = (): Promise<void> => inner.close();
    this.defer(close);
    try {
      return await work(inner);
    } finally {
      await inner.close();
      this.tasks.delete(close);
    }
  }

  close(): Promise<void> {
    return (this.closing ??= this.undo());
  }

  private async undo(): Promise<void> {
    // a task may come while another is waited for
    for (let task = this.last; task !== undefined; task = this.last) {
      this.tasks.delete(task);
      try {
        await task();
      } catch (error) {
        process.stderr.write(`could not clean up: ${String(error)}\n`);
      }
    }
  }

  private get last(): (() => void | Promise<void>) | undefined {
    return [...this.tasks].at(-1);
  }
}
