import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFiles } from '../harness/folder';
import { bareRepository, WorkTree } from '../harness/git';

/** The Git repository that Flux reads, and a clone to push to it from. */
export class FluxRepository {
  readonly path: string;
  private readonly clone: WorkTree;

  constructor(folder: string, private readonly branch: string) {
    this.path = bareRepository(folder, 'origin.git', branch);
    mkdirSync(join(folder, 'clone'));
    this.clone = WorkTree.init(join(folder, 'clone'), branch);
    this.clone.git('remote', 'add', 'origin', this.path);
  }

  /** Pushes a commit that makes a branch hold exactly these files. */
  push(files: ReadonlyMap<string, Buffer>, message: string, branch = this.branch): string {
    for (const name of readdirSync(this.clone.folder)) if (name !== '.git') rmSync(join(this.clone.folder, name), { recursive: true });
    writeFiles(this.clone.folder, Object.fromEntries(files));
    this.clone.commit(message);
    this.clone.git('push', '--quiet', '--force', 'origin', `HEAD:refs/heads/${branch}`);
    return this.clone.git('rev-parse', 'HEAD').trim();
  }
}
