import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { GitopsApp } from 'fluxwright';
import { folderWith } from './folders';

/** What `kustomize build` makes of a directory of an app's tree; what it says, where it makes nothing. */
export function kustomizeBuild(kustomize: string, app: GitopsApp, directory: string): string {
  const root = folderWith();
  for (const file of app.toTree()) {
    mkdirSync(dirname(join(root, file.path)), { recursive: true });
    writeFileSync(join(root, file.path), file.bytes);
  }
  const { status, stdout, stderr } = spawnSync(kustomize, ['build', '--load-restrictor', 'LoadRestrictionsNone', join(root, directory)], { encoding: 'utf8' });
  return status === 0 ? stdout : stderr.replaceAll(root, '');
}
