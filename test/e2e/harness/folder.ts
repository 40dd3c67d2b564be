import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Scope } from './scope';

/** A new folder that nobody else can read, removed when the scope ends. */
export function temporaryFolder(scope: Scope, files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  scope.mustBeOpen();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fluxwright-e2e-')));
  scope.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  writeFiles(folder, files);
  return folder;
}

export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
