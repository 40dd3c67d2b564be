import { Construct } from 'constructs';
import { Cluster } from '../../app/cluster';
import type { Directory } from '../../app/directory';
import { declareContent, type DirectoryContent } from '../../app/directory-content';
import { GitopsApp } from '../../app/gitops-app';
import { findInput } from '../../app/inputs';
import type { KustomizationFile } from '../../app/kustomization-file';
import { UserError } from '../../errors';
import { fluxReleases, isFluxRelease } from '../../flux/releases';
import { ManifestFile, type File } from '../../tree/file';
import { generatedHeader } from '../../tree/header';

/**
 * gotk-components.yaml: Flux's own manifests, which `flux bootstrap` writes and owns. Until it has, an empty file stands in
 * for it, so that the directory builds in a fresh clone.
 */
export class GotkComponents extends Construct implements DirectoryContent {
  /** @throws UserError `release-mismatch` where the file in the tree holds another release than the cluster's */
  constructor(private readonly directory: Directory, id: string) {
    super(directory, id);
    declareContent(this);
    this.checkRelease(Cluster.around(directory)!);
  }

  files(directory: Directory): readonly File[] {
    const path = directory.pathOf(FILE);
    const header = [generatedHeader(GitopsApp.of(this).name, path), 'Empty until flux bootstrap writes Flux\'s own manifests here; from then on the file is bootstrap\'s.'];
    return [ManifestFile.fromObjects(path, [], header, { claimedBy: this.node.path, placeholder: true })];
  }

  kustomization(): KustomizationFile {
    return { resources: [FILE] };
  }

  private checkRelease(cluster: Cluster): void {
    const path = this.directory.pathOf(FILE);
    const version = versionIn(findInput(GitopsApp.of(this), path, `FluxSystem "${this.directory.node.path}"`)?.toString('utf8') ?? '');
    if (version === undefined) return;
    const release = version.split('.').slice(0, 2).join('.');
    if (release === cluster.fluxRelease) return;
    throw new UserError(
      'release-mismatch',
      `${path} holds Flux v${version}, and Cluster "${cluster.node.path}" is for Flux ${cluster.fluxRelease}`,
      isFluxRelease(release) ? `say fluxRelease: '${release}' of the cluster, or bootstrap Flux ${cluster.fluxRelease}` : `bootstrap Flux ${cluster.fluxRelease}; fluxwright knows ${fluxReleases[0]} to ${fluxReleases.at(-1)}`,
    );
  }
}

const FILE = 'gotk-components.yaml';

/** Flux's version, from the comment that `flux` writes, or from the labels of the objects. */
function versionIn(text: string): string | undefined {
  const [, version] = /^# Flux Version: v(\d+\.\d+\.\S+)/m.exec(text) ?? /^ *app\.kubernetes\.io\/version: "?v(\d+\.\d+\.[^\s"]+)/m.exec(text) ?? [];
  return version;
}
