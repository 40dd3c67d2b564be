import type { AppliedObject } from '../../model/applied-object';
import type { Step } from '../../model/fields';

/**
 * What reads a text where it is used, if that is another program which has its own `${…}`: a shell, or whoever reads a file.
 * Undefined for an ordinary field.
 */
export function readerOf({ kind }: Pick<AppliedObject, 'kind'>, path: readonly Step[], text: string): 'shell' | 'program' | undefined {
  const last = String(path.at(-1));
  if (/^#!.*\b(ba|z|da|k)?sh\b/.test(text) || (path[0] === 'data' && /\.(ba)?sh$/.test(last))) return 'shell';
  if (path.includes('command') || path.includes('args')) return /[\n;|&]|\$\{?\w+\}?.*\s|\s-/.test(text) ? 'shell' : undefined;
  if (text.startsWith('#!')) return 'program';
  if ((kind === 'ConfigMap' || kind === 'Secret') && ['data', 'stringData'].includes(String(path[0]))) return /\n|\.[a-z]+$/.test(`${last === 'data' ? '' : last}${text.trimEnd().includes('\n') ? '\n' : ''}`) ? 'program' : undefined;
  return text.trimEnd().includes('\n') ? 'program' : undefined;
}

/** The variables that a shell script sets itself, or is given by its caller. */
export function ownVariables(script: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, name] of script.matchAll(/(?:^|[\s;&|(`])(?:(?:export|local|declare|readonly|typeset)(?:\s+-\w+)*\s+)?([A-Za-z_]\w*)\+?=/gm)) found.add(name!);
  for (const [, name] of script.matchAll(/\b(?:for|select)\s+([A-Za-z_]\w*)\s+in\b/g)) found.add(name!);
  for (const [, names] of script.matchAll(/\bread\s+(?:-\w+\s+)*([A-Za-z_][\w ]*)/g)) for (const name of names!.trim().split(/\s+/)) found.add(name);
  return found;
}
