import { resolveTarget } from '../../model/kustomization-file';

/**
 * Everything in the text of a kustomization.yaml that may name a file or a directory, without reading YAML: more than it
 * names, and nothing less.
 */
export function namesInText(text: string, directory: string, exists: (path: string) => boolean): string[] {
  const found = new Set<string>();
  const add = (name: string): void => {
    if (name === '' || name === '-' || name.length > 500 || name.endsWith(':')) return;
    // most are names of files beside it, which need no resolving
    const target = directory !== '' && !name.includes('/') && name !== '..' && name !== '.' ? `${directory}/${name}` : resolveTarget(directory, name);
    if (target !== undefined && exists(target)) found.add(target);
  };
  for (const [word] of text.matchAll(WORDS)) {
    add(word);
    const equals = word.indexOf('=');
    if (equals >= 0) add(word.slice(equals + 1));
  }
  // a name with a space in it is all that stands on its line
  for (const [, name] of text.matchAll(SPACED)) add(name!);
  return [...found];
}

const WORDS = /[^\s,"'[\]{}]+/g;
const SPACED = /^\s*(?:-\s+(?:\w+:\s+)?|\w+:\s+)["']?([^"'#:\n]*[^"'#:\s] [^"'#:\n]*[^"'#:\s])["']?\s*$/gm;

/** Whether a text may hold a Flux Kustomization, or what makes one. */
export function mayHoldFlux(text: string): boolean {
  return /kustomize\.toolkit\.fluxcd\.io\/v\d/.test(text) || text.includes('fluxcd.controlplane.io') || text.includes('ArtifactGenerator');
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
