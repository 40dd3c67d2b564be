import { visible } from '../visible';
import type { DefinitionChange } from './compare-definitions';
import type { ReleaseChanges, UsedChange } from './compare-releases';

/** More lines than this of one thing are counted, unless they are about what is ours. */
const MOST_LINES = 20;

/** What another version of a release would change, for a person. */
export function changesText(changes: ReleaseChanges): string {
  const { breaks, definitions, images, rights, gone, added } = changes;
  const refused = definitions.filter(({ isRefused }) => isRefused === true);
  const used = definitions.filter(({ isRefused, uses }) => isRefused !== true && uses.length > 0);
  const unused = definitions.filter(({ isRefused, uses }) => isRefused !== true && uses.length === 0);
  const parts = [
    section('what is here and would break', [...breaks.map(({ file, line, subject, text }) => `${file}:${line} ${subject}: ${text}`), ...refused.map(definitionText)]),
    section('definitions that take less, of what is used here', used.map((change) => `${definitionText(change)} (${usesText(change)})`)),
    section('definitions that take less, of what nothing here uses', shortened(unused.map(definitionText))),
    section('images', images),
    section('rights that it gets', shortened(rights)),
    section('objects that are gone, which Flux deletes where it prunes', shortened(gone)),
    section('objects that are new', shortened(added)),
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'nothing changes but for what objects hold' : parts.join('\n');
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`${title}:`, ...lines.map((line) => `  ${visible(line)}`)].join('\n');
}

function shortened(lines: readonly string[]): string[] {
  return lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), `and ${lines.length - MOST_LINES} more`] : [...lines];
}

/** `Certificate cert-manager.io/v1 spec.issuerRef.name is gone`. */
export function definitionText({ group, kind, version, text, narrowing }: DefinitionChange): string {
  const of = `${kind} ${group}${version === undefined ? '' : `/${version}`}`;
  return narrowing === undefined ? `${of} ${text ?? ''}` : `${of} ${pathText(narrowing.path)} ${narrowing.text}`;
}

/** `spec.usages[]`, `spec.labels.*`. */
function pathText(path: readonly string[]): string {
  return path.length === 0 ? 'the object' : path.join('.').replaceAll('.[]', '[]');
}

function usesText({ uses }: UsedChange): string {
  return uses.length > 5 ? `${uses.slice(0, 5).join(', ')} and ${uses.length - 5} more` : uses.join(', ');
}
