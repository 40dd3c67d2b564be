import { Directory, VerbatimFile, type Cluster, type GitopsApp } from 'fluxwright';

/** A cluster, and what each layer becomes on it. */
export type Stage = 'staging' | 'production';

/** A layer of the platform: `base` with what its stages share, and a directory for each stage, which Flux applies. */
export class Layer {
  readonly bases: Directory;
  private readonly stages = new Map<Stage, Directory>();

  constructor(app: GitopsApp, readonly name: string, private readonly clusters: Readonly<Record<Stage, Cluster>>) {
    this.bases = new Directory(app, `${name}-base`, { path: `${name}/base`, hasKustomization: false });
  }

  /** The directory of a stage, to put something into. */
  stage(stage: Stage): Directory {
    const directory = this.stages.get(stage) ?? new Directory(this.clusters[stage], this.name, { path: `${this.name}/${stage}` });
    this.stages.set(stage, directory);
    return directory;
  }

  /** The same once everything is in it: one without anything stands there all the same, since Flux fails on a path that is missing. */
  applied(stage: Stage): Directory {
    const directory = this.stages.get(stage);
    if (directory !== undefined) return directory;
    const empty = new Directory(this.clusters[stage], this.name, { path: `${this.name}/${stage}`, hasKustomization: false });
    new VerbatimFile(empty, '.gitkeep', { content: '' });
    return empty;
  }
}
