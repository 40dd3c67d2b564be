import { join, relative, sep } from 'node:path';
import { isManifestName } from '../tree/disk';
import { ManifestFile, OpaqueFile, type File } from '../tree/file';
import { Tree } from '../tree/tree';
import type { Terminal } from './command';
import { askApp, findProject } from './project';

/**
 * The working tree as it would be after a synth. Nothing is written.
 * @param root the folder that the tree's paths begin at
 * @throws UserError `app-failed`, `project-invalid`, and whatever stands against publishing
 */
export async function synthesizedTree(terminal: Terminal, root: string, working: Tree): Promise<Tree> {
  const { CDK8S_OUTDIR: _, ...environment } = terminal.environment;
  const answer = await askApp(findProject(terminal.directory), { ...environment, FLUXWRIGHT_SYNTH: JSON.stringify({ list: 'changes', quiet: true, from: terminal.directory }) }, terminal);
  const files = new Map<string, File>([...working].map((file) => [file.path, file]));
  for (const line of answer.trim().split('\n')) {
    const { root: of, files: changed } = JSON.parse(line) as { root: string; files: Record<string, string | null> };
    for (const [name, contents] of Object.entries(changed)) {
      const path = relative(root, join(of, name)).split(sep).join('/');
      if (contents === null) files.delete(path);
      else files.set(path, fileOf(path, Buffer.from(contents, 'base64')));
    }
  }
  return new Tree(files.values(), 'as-found');
}

function fileOf(path: string, bytes: Buffer): File {
  return isManifestName(path) ? ManifestFile.fromText(path, bytes.toString('utf8')) : new OpaqueFile(path, bytes);
}
