import type { CheckContext } from '../checks/check-context';
import { rules } from '../checks/index';
import { pathMatcher } from '../checks/path-pattern';
import { readSettings } from '../checks/read-settings';
import { parseEnvironments } from '../environments/environments-file';
import { UserError } from '../errors';
import { discoverClusters } from '../model/clusters';
import { Repository } from '../model/repository';
import { Walker } from '../model/walk';
import { fromRoot } from '../publish/typed-paths';
import { makeRunbook } from '../runbook/runbook';
import { withoutEnvironments } from '../runbook/without-environments';
import { baseName } from '../tree/path';
import { Tree } from '../tree/tree';
import { ExitCode, type Terminal } from './command';
import { findInstance } from './environment-instances';
import { changesOf, diffOf, writeChanges } from './file-changes';
import { openRenderer } from './open-renderer';
import { openRepository } from './open-repository';

/** Writes the runbook, prints it, or sees that it is still right. */
export async function writeRunbook(terminal: Terminal, typed: string | undefined, isCheck: boolean): Promise<ExitCode> {
  const { tree, root } = openRepository(terminal);
  const output = typed === undefined ? undefined : fromRoot(typed, '--output', { root, from: terminal.directory }, (path) => tree.has(path));
  const text = await runbookOf(terminal, tree, output);
  if (output === undefined) {
    terminal.print(text.trimEnd());
    return ExitCode.ok;
  }
  const there = tree.get(output)?.bytes;
  if (there !== undefined && !/^# Runbook\n\nMade from the manifests by `fluxwright runbook/.test(there.toString('utf8'))) throw new UserError('foreign-file', `${output} is there already, and is no runbook that was made from the manifests`, 'name another file, or move that one away');
  const changes = changesOf([{ path: output, before: there, after: Buffer.from(text) }]);
  if (isCheck) {
    if (changes.length === 0) return ExitCode.ok;
    terminal.print(diffOf(changes));
    terminal.say(`${output} is not what the manifests say: fluxwright runbook --output ${output}`);
    return ExitCode.found;
  }
  writeChanges(root, changes);
  terminal.say(changes.length === 0 ? `${output} is as it is to be` : `${output} is written`);
  return ExitCode.ok;
}

/**
 * The runbook of a tree: what downloads would add is left out, and so are ephemeral environments, so that it is the same on
 * every machine and on every day.
 * @throws UserError `tool-missing` without kustomize
 */
async function runbookOf(terminal: Terminal, tree: Tree, output: string | undefined): Promise<string> {
  const settings = readSettings(tree, rules.map(({ id }) => id));
  const isExcluded = pathMatcher(settings.exclude);
  const repository = new Repository(new Tree([...tree].filter(({ path }) => !isExcluded(path)), 'as-found'));
  const walker = new Walker(repository);
  const { builder } = await openRenderer(terminal, repository, walker, () => undefined);
  const file = [...tree].find(({ path, bytes }) => baseName(path) === 'environments.yaml' && /^environments:/m.test(bytes.toString('utf8')));
  const listed = file === undefined ? [] : parseEnvironments(file.bytes.toString('utf8'), file.path).environments;
  const instances = new Set(listed.flatMap((environment) => findInstance(repository, environment)?.files ?? []));
  const clusters = withoutEnvironments(await discoverClusters(repository, walker, builder), instances);
  if (clusters.length === 0) throw new UserError('reference-invalid', 'there is no Flux Kustomization in this repository, so that there is nothing to run', 'go to a folder of a Flux repository');
  const context: CheckContext = { repository, walker, clusters, rendered: true, base: undefined, settings };
  return makeRunbook({ context, output, environments: file?.path });
}
