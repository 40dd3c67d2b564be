import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { temporaryFolder } from '../../harness/folder';
import type { Run } from '../../part';
import type { DiskResult } from './small-disk';
import { NODE } from './publisher-process';

/** A disk that is full, and a tree that cannot be written, in a mount namespace of their own, which ends with the process. */
export async function brokenDisks({ report, scope }: Run): Promise<void> {
  const rows = {
    full: report.row('publishing', 'on a full disk it says so and leaves every file old or new', 'tmpfs'),
    room: report.row('publishing', 'once there is room, the next run finishes', 'tmpfs'),
    readOnly: report.row('publishing', 'a read-only tree is refused, with the file', 'tmpfs, read-only'),
  };
  const disk = temporaryFolder(scope);
  const { status, stdout, stderr } = spawnSync('unshare', ['--map-root-user', '--mount', ...NODE, join(__dirname, 'small-disk.ts'), disk], { encoding: 'utf8' });
  if (status !== 0) {
    const reason = `cannot mount a small disk: ${stderr.trim().split('\n').at(-1) || 'there is no unshare'}`;
    return Object.values(rows).forEach((row) => row.skip(reason));
  }
  for (const { row, problem } of JSON.parse(stdout) as DiskResult[]) rows[row].check(problem === '', () => problem);
}
