import { resolveTarget } from '../../model/kustomization-file';
import { directoryOf } from '../../tree/path';

/** Everything in the text of a kustomization.yaml that may name a file or a directory: more than it names, and nothing less. */
export function namesInText(text: string, directory: string, exists: (path: string) => boolean): string[] {
  const written = [...text.matchAll(WORDS)].map(([word]) => word);
  return existing([...written, ...spacedNames(text)], directory, exists);
}

/**
 * The same for what lies elsewhere: neither beside it nor right below it. That is what has to be known of every
 * kustomization.yaml, since nothing else leads from there to it.
 */
export function farNamesInText(text: string, directory: string, exists: (path: string) => boolean): string[] {
  const lines = farLines(text);
  return lines.length === 0 ? [] : namesInText(lines.join('\n'), directory, (path) => directoryOf(path) !== directory && exists(path));
}

/** Lines with a path of several steps, or with the directory above. Most have none: what else has a slash is the API's version and a comment. */
function farLines(text: string): string[] {
  const found: string[] = [];
  for (const mark of ['/', '..']) for (let at = text.indexOf(mark); at >= 0;) {
    const end = text.indexOf('\n', at);
    const line = text.slice(text.lastIndexOf('\n', at) + 1, end < 0 ? undefined : end);
    if (!line.startsWith('#') && !line.startsWith('apiVersion:')) found.push(line);
    at = end < 0 ? -1 : text.indexOf(mark, end);
  }
  return found;
}

function existing(written: readonly string[], directory: string, exists: (path: string) => boolean): string[] {
  const found = new Set<string>();
  for (const word of written) for (const name of word.includes('=') ? [word, word.slice(word.indexOf('=') + 1)] : [word]) {
    if (name === '' || name === '-' || name.length > 500 || name.endsWith(':')) continue;
    const target = resolveTarget(directory, name);
    if (target !== undefined && exists(target)) found.add(target);
  }
  return [...found];
}

/** A name with a space in it is all that stands on its line. */
function spacedNames(text: string): string[] {
  return [...text.matchAll(SPACED)].map(([, name]) => name!);
}

const WORDS = /[^\s,"'[\]{}]+/g;
const SPACED = /^\s*(?:-\s+(?:\w+:\s+)?|\w+:\s+)["']?([^"'#:\n]*[^"'#:\s] [^"'#:\n]*[^"'#:\s])["']?\s*$/gm;

/** Whether a text may hold a Flux Kustomization, or what makes one. */
export function mayHoldFlux(text: string): boolean {
  return text.includes('kustomize.toolkit.fluxcd.io/v') || text.includes('fluxcd.controlplane.io') || text.includes('ArtifactGenerator');
}

/** The paths that Flux Kustomizations in a text may have, each without `./`; '' is the root. */
export function fluxPathsInText(text: string): string[] {
  const found = new Set<string>();
  for (const [, quoted, plain] of text.matchAll(/\bpath["']?\s*:\s*(?:["']([^"'\n]*)["']|([^\s"',}#]+))/g)) {
    const path = resolveTarget('', (quoted ?? plain)!);
    if (path !== undefined) found.add(path);
  }
  if (found.size === 0) found.add('');
  if (/\bcomponents["']?\s*:/.test(text)) {
    for (const [path] of text.matchAll(/\.\.?\/[\w./-]+/g)) for (const base of [...found]) {
      const component = resolveTarget(base, path);
      if (component !== undefined) found.add(component);
    }
  }
  return [...found];
}

/** The names of sources in a text with Flux Kustomizations. */
export function sourceNamesInText(text: string): string[] {
  return [...text.matchAll(/\bsourceRef["']?\s*:[^]{0,300}?\bname["']?\s*:\s*["']?([\w.-]+)/g)].map(([, name]) => name!);
}

/** Whether a text may hold a source of Flux with a name; such a text is never read for more than that. */
export function mayHoldSource(text: string): boolean {
  return text.includes('source.toolkit.fluxcd.io/') && /\bkind["']?\s*:\s*["']?(GitRepository|OCIRepository|Bucket|ExternalArtifact)\b/.test(text);
}

export function objectNamesInText(text: string): string[] {
  return [...text.matchAll(/^\s+["']?name["']?\s*:\s*["']?([\w.-]+)/gm)].map(([, name]) => name!);
}
