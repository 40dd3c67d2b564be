import type { Repository } from '../../model/repository';
import { readHeader } from '../../tree/header';
import { directoryOf, relativePath } from '../../tree/path';

/** How to have a kustomization.yaml take in a file: what constructs write is changed there. */
export function listIn(kustomization: string, file: string, { tree }: Repository): string {
  const entry = relativePath(directoryOf(kustomization), file);
  const written = tree.get(kustomization);
  const isGenerated = written?.type === 'manifests' && readHeader(written.text)?.path === kustomization;
  return isGenerated ? `name "${entry}" in the resources of the Directory that makes ${kustomization}, or delete the file` : `add "- ${entry}" to the resources of ${kustomization}, or delete the file`;
}
