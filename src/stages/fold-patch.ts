import { ManifestFile } from '../tree/file';
import { Tree } from '../tree/tree';
import { stringify } from 'yaml';
import type { Draft } from './draft';
import { mergeIntoYaml, splitDocuments } from './merge-into-yaml';
import { settingsOf, type OverlayPatch } from './overlay-patch';
import type { BuildDirectory } from './rendered-changes';

/**
 * Puts what a patch does to the objects of a file into that file, by what kustomize makes of them.
 * @returns why that cannot be done, if it cannot
 */
export async function foldPatch(draft: Draft, file: string, patch: OverlayPatch, open: (tree: Tree) => Promise<BuildDirectory>): Promise<string | undefined> {
  const text = draft.text(file)!;
  const build = await open(new Tree([
    ManifestFile.fromText('plain/manifests.yaml', text),
    ManifestFile.fromText('plain/kustomization.yaml', 'resources: [manifests.yaml]\n'),
    ManifestFile.fromText('patched/kustomization.yaml', stringify({ resources: ['../plain'], patches: [{ path: 'patch.yaml', ...settingsOf(patch) }] })),
    ManifestFile.fromText('patched/patch.yaml', draft.text(patch.file)!),
  ]));
  const [plain, patched] = [await build('plain'), await build('patched')];
  const failure = plain.failure ?? patched.failure;
  if (failure !== undefined) return `${file} alone cannot be built with it: ${failure}`;
  const parts = splitDocuments(text);
  const documents = ManifestFile.fromText(file, text).documents;
  if (parts.length !== documents.length) return `${file} has documents that cannot be told apart`;
  for (const was of plain.objects) {
    const document = was.source?.document;
    const is = patched.objects.filter(({ source }) => source?.document === document);
    if (document === undefined || was.source?.item !== undefined || is.length !== 1) return `it takes an object of ${file} away, or makes others`;
    const merged = mergeIntoYaml(parts[document]!, was.data, is[0]!.data);
    if (merged === undefined) return `${file} has anchors, which it cannot be put among`;
    parts[document] = merged;
  }
  draft.put(file, parts.join(''));
  return undefined;
}
