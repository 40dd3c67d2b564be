import { UserError } from '../errors';
import { identityTitle } from '../model/source-object';
import { writeDocuments } from '../yaml/write';
import { ExitCode, type Terminal } from './command';
import type { Render } from './render-targets';

/**
 * Prints renders, as a stream of documents or as a list for programs.
 * @throws UserError `usage` for a format that is none; `build-failed` for what Flux could not build, after all else is printed
 */
export function writeRenders(renders: readonly Render[], format: string, terminal: Terminal): ExitCode {
  if (format === 'json') terminal.print(JSON.stringify(renders.map(asJson), null, 2));
  else if (format === 'yaml') for (const render of renders) writeYaml(render, renders.length > 1, terminal);
  else throw new UserError('usage', `--format ${format} is none`, 'write yaml or json');

  for (const render of renders) {
    for (const url of render.leftOut ?? []) terminal.say(`${titleOf(render)} is built without ${url}, which is not on this machine; "fluxwright upstream fetch" gets what is a file`);
    for (const { name, object } of render.unset ?? []) terminal.say(`${titleOf(render)}: \${${name}} in ${identityTitle(object)} is not set; Flux fails for it since 2.9, and put nothing there before`);
  }
  const failed = renders.filter(({ failure }) => failure !== undefined);
  if (failed.length > 0) throw UserError.all(failed.map((render) => new UserError('build-failed', `${titleOf(render)} cannot be built: ${render.failure!}`, 'mend what it names; Flux would say the same')));
  return renders.some(({ unset = [] }) => unset.length > 0) ? ExitCode.found : ExitCode.ok;
}

function writeYaml(render: Render, isOneOfSeveral: boolean, { print }: Terminal): void {
  const text = render.objects.length === 0 ? '' : writeDocuments(render.objects.map(({ data }) => data)).text.replace(/\n$/, '');
  if (isOneOfSeveral) print(`---\n# ${titleOf(render)}${render.kustomization === undefined ? '' : `, path ${render.path === '' ? '.' : render.path}`}`);
  if (text !== '') print(text);
}

function titleOf({ kustomization, cluster, path }: Render): string {
  if (kustomization === undefined) return path === '' ? '.' : path;
  return `Kustomization ${kustomization}${cluster === undefined ? '' : ` of ${cluster}`}`;
}

function asJson({ kustomization, cluster, path, objects, failure, leftOut }: Render): unknown {
  return { kustomization, cluster, path, objects: objects.map(({ data }) => data), failure, leftOut };
}
