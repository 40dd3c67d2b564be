import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isMapping, mapping } from '../model/fields';
import { UserError } from '../errors';
import { readDocuments } from '../yaml/read';
import type { Closure } from './closure';
import { failureText } from './failure-text';
import { kustomizeBuild, type Kustomize } from './kustomize';
import { readOrigin, type Rendered } from './origins';
import type { RenderCache } from './render-cache';

/** What kustomize makes of a closure. */
export interface PlainBuild {
  readonly rendered: readonly Rendered[];
  readonly failure?: string;
}

/** What kustomize made of the closure before, if that is known. */
export function findBuild(closure: Closure, { version }: Kustomize, cache: RenderCache): PlainBuild | undefined {
  const found = cache.find(keyOf(closure, version, cache));
  return isMapping(found) && Array.isArray(found['rendered']) ? (found as unknown as PlainBuild) : undefined;
}

/** Has kustomize build a closure, in a folder of its own. */
export async function build(closure: Closure, kustomize: Kustomize, cache: RenderCache): Promise<PlainBuild> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fluxwright-render-')));
  try {
    for (const [path, bytes] of closure.contents) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const { text, failure, isFinal } = await kustomizeBuild(kustomize, join(folder, closure.directory));
    const result = text === undefined ? { rendered: [], failure: failureText(failure ?? '', folder) } : readRender(text, closure);
    if (isFinal) cache.store(keyOf(closure, kustomize.version, cache), result);
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readRender(text: string, closure: Closure): PlainBuild {
  try {
    const objects = text.split(/^---\n/m).flatMap((part) => readDocuments(part, 'the render').documents.map(({ object }) => object)).filter(isMapping);
    const nameless = objects.find(({ apiVersion, kind, metadata }) => !apiVersion || !kind || !mapping(metadata)['name']);
    const failure = nameless === undefined ? {} : { failure: `an object has no apiVersion, kind or name: ${JSON.stringify(nameless).slice(0, 200)}` };
    return { rendered: objects.map((object) => readOrigin(object, closure)), ...failure };
  } catch (error) {
    if (!UserError.is(error)) throw error;
    return { rendered: [], failure: error.problem };
  }
}

function keyOf({ directory, digest }: Closure, version: string, cache: RenderCache): string {
  return cache.key(['build', version, directory, digest]);
}
