import { spawnSync } from 'node:child_process';
import { toolPath } from '../../tools';

/** What kustomize makes of a directory; Flux, too, allows files from elsewhere. */
export function kustomizeBuild(directory: string): { readonly text: string } | { readonly problem: string } {
  const { status, stdout, stderr } = spawnSync(toolPath('kustomize')!, ['build', '--load-restrictor', 'LoadRestrictionsNone', directory], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return status === 0 ? { text: stdout } : { problem: stderr.trim() };
}

export function kustomizeVersion(): string {
  return `kustomize ${spawnSync(toolPath('kustomize')!, ['version'], { encoding: 'utf8' }).stdout.trim()}`;
}

/** The documents of what kustomize has written, each as its text. */
export function documentsOf(text: string): string[] {
  return text.split(/^---\n/m).filter((document) => document.trim() !== '');
}
