import type { RestoreRequest } from '../recovery/restore';
import { formatRestore, planRestore } from '../recovery/restore';
import { formatSteps } from '../recovery/step';
import { planBackup, type BackupRequest } from '../recovery/on-demand-backup';
import { refuseForeign, refuseSynced } from '../recovery/unsynced-file';
import { ExitCode, type Terminal } from './command';
import { changesOf, diffOf, writeChanges } from './file-changes';
import { openDatabase, type OpenedDatabase } from './open-database';

interface Asked {
  readonly database: string;
  readonly cluster?: string;
  readonly output?: string;
  readonly dryRun: boolean;
}

/** Writes the manifest of a recovery, and prints what a person does with it. */
export async function writeRestore(terminal: Terminal, { database, cluster, output, dryRun, ...request }: Asked & Omit<RestoreRequest, 'file' | 'now'>): Promise<ExitCode> {
  const opened = await openDatabase(terminal, database, cluster);
  const restore = planRestore(opened.live, { ...request, ...(output === undefined ? {} : { file: opened.pathOf(output) }), now: Date.now() }, opened.context);
  put(terminal, opened, { path: restore.file, text: restore.text }, dryRun);
  for (const warning of restore.warnings) terminal.say(`warning: ${warning}`);
  terminal.print(formatRestore(restore));
  return ExitCode.ok;
}

/** Prints a Backup for kubectl, or writes it, and says what a person does with it. */
export async function writeBackup(terminal: Terminal, { database, cluster, output, dryRun, ...request }: Asked & Omit<BackupRequest, 'file' | 'now'>): Promise<ExitCode> {
  const opened = await openDatabase(terminal, database, cluster);
  const file = output === undefined ? undefined : opened.pathOf(output);
  const { text, steps } = planBackup(opened.live, { ...request, file, now: Date.now() }, opened.context.repository);
  if (file === undefined) {
    terminal.print(text.trimEnd());
    return ExitCode.ok;
  }
  put(terminal, opened, { path: file, text }, dryRun);
  terminal.print(formatSteps(steps));
  return ExitCode.ok;
}

function put(terminal: Terminal, { root, context }: OpenedDatabase, { path, text }: { readonly path: string; readonly text: string }, dryRun: boolean): void {
  const { tree } = context.repository;
  refuseForeign(path, tree);
  refuseSynced(path, text, context);
  const changes = changesOf([{ path, before: tree.get(path)?.bytes, after: Buffer.from(text) }]);
  if (dryRun) {
    if (changes.length > 0) terminal.print(diffOf(changes));
    terminal.say(changes.length === 0 ? `${path} is as it is to be` : 'nothing is written: --dry-run');
    return;
  }
  writeChanges(root, changes);
  if (changes.some(({ before }) => before !== undefined)) terminal.say(`${path} said something else until now:\n${diffOf(changes)}`); // somebody may be in the middle of it, or have changed it
  terminal.say(changes.length === 0 ? `${path} is as it is to be` : `${path} is written; nothing is applied: that is for a person to do, step by step`);
}
