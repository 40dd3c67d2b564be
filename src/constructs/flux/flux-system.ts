import { Construct } from 'constructs';
import type { Cluster } from '../../app/cluster';
import { Directory } from '../../app/directory';
import { declareContent, type DirectoryContent } from '../../app/directory-content';
import { GitopsApp } from '../../app/gitops-app';
import type { KustomizationFile } from '../../app/kustomization-file';
import { NamespaceDirectory } from '../../app/namespace-directory';
import { placeOf } from '../../app/reach';
import { YamlFile } from '../../app/yaml-file';
import { ManifestFile, type File } from '../../tree/file';
import { generatedHeader } from '../../tree/header';
import { relativePath } from '../../tree/path';
import { FluxKustomization } from './flux-kustomization';
import { GitRepository } from './git-repository';

export interface FluxSystemProps {
  /** Where Flux finds this tree: `ssh://git@example.com/team/platform`. */
  readonly url: string;

  /** The branch that Flux follows. */
  readonly branch: string;

  /** @default "flux-system" */
  readonly path?: string;
}

/** The directory that `flux bootstrap` installs Flux from. */
export class FluxSystem extends Directory {
  readonly source: GitRepository;
  readonly kustomization: FluxKustomization;
  private readonly cluster: Cluster;

  constructor(scope: Cluster, id: string, props: FluxSystemProps) {
    super(scope, id, { path: props.path });
    this.cluster = scope;
    new Components(this, 'gotk-components');
    const sync = new YamlFile(this, 'gotk-sync');
    const name = scope.fluxNamespace;
    this.source = new GitRepository(sync, 'source', { name, url: props.url, branch: props.branch, secretRef: { name } });
    scope.source = this.source.sourceReference;
    this.kustomization = new FluxKustomization(sync, 'kustomization', { name, applies: this });
  }

  /** What a Kustomization that needs Flux itself to be complete depends on. */
  get dependencies(): readonly FluxKustomization[] {
    return [];
  }

  override kustomizationParts(): readonly KustomizationFile[] {
    return [...super.kustomizationParts(), { resources: syncFiles(this.cluster).map((file) => relativePath(this.path, file)) }];
  }
}

class Components extends Construct implements DirectoryContent {
  constructor(scope: FluxSystem, id: string) {
    super(scope, id);
    declareContent(this);
  }

  files(directory: Directory): File[] {
    const path = `${directory.path}/gotk-components.yaml`;
    const header = [generatedHeader(GitopsApp.of(this).name, path)];
    return [ManifestFile.fromObjects(path, [], header, { claimedBy: this.node.path, placeholder: true })];
  }

  kustomization(): KustomizationFile {
    return { resources: ['gotk-components.yaml'] };
  }
}

function syncFiles(cluster: Cluster): string[] {
  const files = new Set<string>();
  const visit = (construct: Construct): void => {
    for (const child of construct.node.children as Construct[]) {
      if (Directory.isDirectory(child)) visit(child);
      else if (NamespaceDirectory.isNamespaceDirectory(construct)) {
        const place = placeOf(child);
        if (place?.file.endsWith(`/${NamespaceDirectory.syncFile}`)) files.add(place.file);
      } else if (!Directory.isDirectory(construct)) visit(child);
    }
  };
  visit(cluster);
  return [...files];
}
