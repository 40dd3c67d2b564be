import { Directory, VerbatimFile, type Cluster, type GitopsApp } from 'fluxwright';

/** The clusters that a layer is for. */
export interface Clusters {
  readonly staging: Cluster;
  readonly production?: Cluster;
}

/** A layer of the platform: `base` with what the clusters share, and a directory for each cluster, which Flux applies. */
export class Layer {
  readonly bases: Directory;
  readonly staging: Directory;
  readonly production?: Directory;

  constructor(app: GitopsApp, readonly name: string, { staging, production }: Clusters) {
    this.bases = new Directory(app, `${name}-base`, { path: `${name}/base`, hasKustomization: false });
    this.staging = new Directory(staging, name, { path: `${name}/staging` });
    if (production === undefined) return;
    this.production = new Directory(production, name, { path: `${name}/production`, hasKustomization: false });
    new VerbatimFile(this.production, '.gitkeep', { content: '' }); // nothing there yet, and Flux fails on a path that is missing
  }
}
