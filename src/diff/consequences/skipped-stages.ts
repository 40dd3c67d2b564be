import type { Applier, Change, FieldChange } from '../changes';
import { imageText, valueText } from '../output/wording';
import { directoryOf } from '../../tree/path';
import { PRODUCTION, stageRank } from '../stage-names';
import type { Consequence, Rule } from './consequence';
import { touchedBy } from './touched';
import { factOf, type World } from './world';

const RULE: Rule = { text: 'what no earlier stage has run is tried in production first', link: 'https://fluxcd.io/flux/guides/repository-structure/' };

/** Versions of images and charts that reach production, and that no earlier stage has or had. */
export function skippedStages(world: World): Consequence[] {
  if (!hasEarlierStage(world)) return [];
  const earlierFiles = filesOf(world, (rank) => rank < PRODUCTION);
  return touchedBy(world).flatMap(({ title, change, fields, appliers: all }) => {
    const appliers = all.filter((applier) => rankOf(applier, change) === PRODUCTION);
    if (appliers.length === 0) return [];
    return fields.flatMap((field): Consequence[] => {
      const version = versionOf(field);
      if (version === undefined || isKnown(world, version, change, earlierFiles)) return [];
      const together = alongside(world, change, field).filter((applier) => rankOf(applier, change) !== PRODUCTION).map(({ stage }) => stage);
      const how = together.length === 0 ? 'no earlier stage has had it' : `it reaches ${[...new Set(together)].join(', ')} at the same moment`;
      return [{
        class: 'stage-skipped', severity: 'warning', title: `brings ${version} to production with ${title}, and ${how}`, affected: [],
        evidence: { changes: [change], facts: [`${factOf(change, field)}: ${field.image === undefined ? `${valueText(field.before)} → ${valueText(field.after)}` : imageText(field.image)}`], rule: RULE },
        appliers, advice: ['bring it to an earlier stage first'],
      }];
    });
  });
}

/** All that the same version reaches with the same object. */
function alongside({ changes }: World, { subject, after }: Change, { after: value, path }: FieldChange): readonly Applier[] {
  const same = changes.filter((one) => one.subject.type === 'object' && subject.type === 'object' && one.subject.kind === subject.kind && one.subject.name === subject.name && one.fields.some((field) => field.path === path && field.after === value));
  return [...(after?.appliers ?? []), ...same.flatMap((one) => one.after?.appliers ?? [])];
}

/** A stage is told by the cluster, by the Flux Kustomization, or by the folder that a file lies in. */
function rankOf({ cluster, kustomization, stage }: Applier, change?: Change): number | undefined {
  const ranks = [stage, cluster, kustomization ?? ''].map(stageRank).filter((rank) => rank !== undefined);
  if (ranks.length > 0) return Math.max(...ranks);
  return stageRank((change?.after?.file ?? '').replace(/[^/]*$/, ''));
}

function hasEarlierStage({ before, after, names }: World): boolean {
  const isEarlier = (rank: number | undefined): boolean => rank !== undefined && rank < PRODUCTION;
  const isApplied = [before, after].some(({ clusters }) => clusters.some(({ name, kustomizations }) => kustomizations.some(({ key }) => isEarlier(rankOf(names.applier(name, key))))));
  return isApplied || [...new Set([...after.repository.tree.paths()].map(directoryOf))].some((directory) => isEarlier(stageRank(directory)));
}

/** The version that a change brings: an image's tag or digest, or a chart's version. */
function versionOf({ type, image, steps, after }: FieldChange): string | undefined {
  if (type !== 'changed' && type !== 'added') return undefined;
  if (image?.after !== undefined) return image.after.tag ?? image.after.digest;
  const isChart = steps.at(-1) === 'version' && steps.at(-2) === 'spec' && steps.at(-3) === 'chart';
  const isArtifact = steps.at(-2) === 'ref' && (steps.at(-1) === 'tag' || steps.at(-1) === 'semver');
  return (isChart || isArtifact) && typeof after === 'string' ? after : undefined;
}

function isKnown({ before, history }: World, version: string, change: Change, earlierFiles: readonly string[]): boolean {
  if (version.length < 2) return true;
  const own = change.after?.file;
  const here = earlierFiles.filter((path) => path !== own).some((path) => {
    const file = before.repository.tree.get(path);
    return file?.type === 'manifests' && file.text.includes(version);
  });
  return here || (history?.everHad(version, earlierFiles.filter((path) => path !== own)) ?? false);
}

/** The files that earlier stages read and production does not, by what applies them or by the folder that they lie in. */
function filesOf(world: World, isWanted: (rank: number) => boolean): string[] {
  const found = new Set<string>();
  const unwanted = new Set<string>();
  for (const { clusters, repository } of [world.before, world.after]) {
    for (const cluster of clusters) for (const { key, files } of cluster.kustomizations) {
      const rank = rankOf(world.names.applier(cluster.name, key));
      if (rank !== undefined) for (const file of files) (isWanted(rank) ? found : unwanted).add(file);
    }
    for (const path of repository.tree.paths()) {
      const rank = stageRank(path.replace(/[^/]*$/, ''));
      if (rank !== undefined) (isWanted(rank) ? found : unwanted).add(path);
    }
  }
  return [...found].filter((path) => !unwanted.has(path)).sort();
}
