import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { programPath } from '../../harness/programs';
import type { WorkTree } from '../../harness/git';
import { runBatch, toolPath } from '../../../tools';

interface FluxObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly image: string; readonly imageRepositoryRef: { readonly name: string } };
}

/**
 * What image-reflector and image-automation do, in a clone: each ImagePolicy of the tree chooses a tag among those of its
 * image, and kyaml sets the marked scalars. Returns what was chosen, by image.
 */
export function automateImages(clone: WorkTree, tagsOf: (image: string) => readonly string[]): Map<string, string> {
  const objects = objectsBelow(join(clone.folder, 'k8s'));
  const policies = objects.filter(({ kind }) => kind === 'ImagePolicy');
  const images = policies.map(({ spec }) => objects.find(({ kind, metadata }) => kind === 'ImageRepository' && metadata.name === spec.imageRepositoryRef.name)!.spec.image);
  const chosen = runBatch<{ tag: string; error?: string }>(programPath('image-policy'), policies.map(({ spec }, index) => ({ tags: tagsOf(images[index]!), spec })));
  const latest = policies.flatMap(({ metadata }, index) => {
    const { tag, error } = chosen[index]!;
    if (error !== undefined) throw new Error(`${metadata.name}: ${error}`);
    return tag === '' ? [] : [[`${metadata.namespace}:${metadata.name}`, { Name: images[index]!, Tag: tag }] as const];
  });
  const [answer] = runBatch<{ problems: string[]; error?: string }>(toolPath('bot')!, [{ Directory: clone.folder, Policies: Object.fromEntries(latest) }]);
  if (answer!.error !== undefined || answer!.problems.length > 0) throw new Error(`the bot cannot read the tree: ${JSON.stringify(answer)}`);
  return new Map(latest.map(([, image]) => [image.Name, image.Tag]));
}

function objectsBelow(folder: string): FluxObject[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8')).filter((text) => text.includes('image.toolkit.fluxcd.io'));
  return texts.flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as FluxObject));
}
