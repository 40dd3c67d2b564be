import fs from 'node:fs';

type Call = (...parameters: unknown[]) => unknown;

/** What changes the disk. */
const CHANGING = ['openSync', 'writeSync', 'writeFileSync', 'renameSync', 'unlinkSync', 'rmdirSync', 'mkdirSync', 'linkSync', 'copyFileSync', 'chmodSync'] as const;

let calls = 0;
let deadlyCall = Infinity;

/** Has this process killed in place of its n-th call from now on that changes the disk; of what it would write, half is written. */
export function dieAt(n: number): void {
  calls = 0;
  deadlyCall = n;
}

export function callsSoFar(): number {
  return calls;
}

for (const name of CHANGING) {
  const original = fs[name] as Call;
  (fs as unknown as Record<string, Call>)[name] = (...parameters) => {
    if (++calls === deadlyCall) {
      const bytes = parameters[1];
      if (name === 'writeSync' && Buffer.isBuffer(bytes)) original(parameters[0], bytes, 0, bytes.length >> 1);
      process.kill(process.pid, 'SIGKILL');
    }
    return original(...parameters);
  };
}
