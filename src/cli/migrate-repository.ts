import { UserError } from '../errors';
import { DEFAULT_FLUX_RELEASE, fluxReleases, isAtLeast, isFluxRelease, type FluxRelease } from '../flux/releases';
import { releaseOf } from '../flux/served-versions';
import { migrateTree, type TreeMigration } from '../migrate/migrate-tree';
import { PLUGIN } from '../migrate/plugin-names';
import { walkClusters } from '../model/clusters';
import { installedFlux } from '../model/flux-release';
import { Repository } from '../model/repository';
import { Walker } from '../model/walk';
import { nearestTo } from '../nearest';
import { unifiedDiff } from '../publish/differences';
import type { Tree } from '../tree/tree';
import { writeDocuments } from '../yaml/write';
import { ExitCode, type Terminal } from './command';
import { changesOf, diffOf, writeChanges, type FileChange } from './file-changes';
import { openRepository } from './open-repository';
import { proveMigration, type ProvenRenders } from './prove-migration';

export interface MigrateCall {
  readonly path?: string;
  readonly to?: string;
  readonly plugin: boolean;
  readonly isDryRun: boolean;
}

/** Brings the files of a folder to a Flux release, once it is proven that what they render to stays the same. */
export async function migrateRepository(terminal: Terminal, { path, to, plugin, isDryRun }: MigrateCall): Promise<ExitCode> {
  const { tree, root, folder } = openRepository(terminal, path);
  const installed = installedIn(tree);
  const release = to === undefined ? oldestOf(installed) : releaseNamed(to);
  const migration = migrateTree(tree, folder, { release, plugin });

  const proof = migration.changed.length === 0 ? undefined : await proveMigration(terminal, tree, migration.tree, migration.changed, plugin);
  if (proof !== undefined && proof.differences.length > 0) {
    terminal.print(proof.differences.map(differenceText).join('\n'));
    const names = [...new Set(proof.differences.map(({ of }) => of))];
    throw new UserError('check-failed', `nothing is written: ${names.join(', ')} would not render the same`, 'rewrite by hand what differs, or name a folder to migrate alone');
  }
  const changes = changesOf(migration.changed.map((file): FileChange => ({ path: file, before: tree.get(file)!.bytes, after: migration.tree.get(file)!.bytes })));
  if (isDryRun) {
    if (changes.length > 0) terminal.print(diffOf(changes));
  } else {
    writeChanges(root, changes);
    for (const change of changes) terminal.print(`migrated ${change.path}`);
  }
  report(terminal, migration, release, proof, plugin);
  for (const [cluster, own] of installed) if (!isAtLeast(own, release)) terminal.say(`${cluster} runs Flux ${own}: upgrade it to ${release} before this is merged, or Flux refuses versions that it does not serve yet`);
  if (changes.some(({ before, after }) => after!.includes(PLUGIN) && !before!.includes(PLUGIN))) terminal.say('before this is merged: install the barman-cloud plugin beside CNPG 1.26 or newer, and take a backup; take another one afterwards');
  if (isDryRun && changes.length > 0) terminal.say('nothing is written: --dry-run');
  return migration.byHand.length === 0 ? ExitCode.ok : ExitCode.found;
}

function report(terminal: Terminal, { changed, byHand, generated }: TreeMigration, release: FluxRelease, proof: ProvenRenders | undefined, plugin: boolean): void {
  for (const { file, line, message } of byHand) terminal.say(`${file}:${line} by hand: ${message}`);
  for (const [project, files] of generated) {
    terminal.say(`${files.length} generated ${files.length === 1 ? 'file' : 'files'} of ${project}, such as ${files[0]!}, ${files.length === 1 ? 'is' : 'are'} for another release: say fluxRelease: '${release}' where its Cluster is made, then run fluxwright synth`);
  }
  if (proof !== undefined) terminal.say(`Flux ${release}: ${changed.length} ${changed.length === 1 ? 'file' : 'files'}; ${rendersText(proof.count)}${plugin ? ' and the plugin' : ''}`);
  else if (byHand.length + generated.size === 0) terminal.say(`nothing to do: all is as Flux ${release} has it`);
}

function rendersText(count: number): string {
  if (count === 0) return 'nothing renders what changed, so that only its text could be compared: the same but for versions';
  return `${count} ${count === 1 ? 'render is' : 'renders are'} the same but for versions`;
}

/** The Flux release of each cluster, where its tree tells. */
function installedIn(tree: Tree): ReadonlyMap<string, FluxRelease> {
  const repository = new Repository(tree);
  return new Map(walkClusters(repository, new Walker(repository)).flatMap((cluster): [string, FluxRelease][] => {
    const release = installedFlux(cluster, repository)?.release;
    return release === undefined ? [] : [[cluster.name, release]];
  }));
}

function oldestOf(installed: ReadonlyMap<string, FluxRelease>): FluxRelease {
  const releases = [...installed.values()];
  const oldest = fluxReleases.find((release) => releases.includes(release));
  if (oldest === undefined) throw new UserError('usage', 'nothing in the tree tells which Flux release its clusters run', `say the one to bring it to: --to ${DEFAULT_FLUX_RELEASE}`);
  return oldest;
}

function releaseNamed(text: string): FluxRelease {
  const release = isFluxRelease(text) ? text : releaseOf(text);
  if (release !== undefined) return release;
  throw new UserError('usage', `--to ${text} is no release of Flux that is known`, `write ${nearestTo(text, fluxReleases) ?? DEFAULT_FLUX_RELEASE}; there are ${fluxReleases[0]} to ${fluxReleases.at(-1)!}`);
}

function differenceText({ of, title, before, after }: ProvenRenders['differences'][number]): string {
  const text = (value: unknown): Buffer | undefined => (value === undefined ? undefined : Buffer.from(typeof value === 'string' ? `${value}\n` : writeDocuments([value]).text));
  return unifiedDiff(`${of}: ${title}`, text(before), text(after)).replace(/\n$/, '');
}
