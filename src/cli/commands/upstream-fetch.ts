import type { UpstreamRelease } from '../../app/upstream-releases';
import { UserError } from '../../errors';
import { examples, ExitCode, type Command, type Terminal } from '../command';

export const upstreamFetch: Command = {
  summary: 'download the releases that are not on this machine yet: those that the app pins, and those that the tree lists by URL',

  configure(command) {
    command.addHelpText('after', examples(
      ['before the first synth of a platform that vendors releases', 'fluxwright upstream fetch'],
      ['before a check of a repository whose kustomizations list URLs', 'fluxwright upstream fetch'],
    ));
  },

  async run(terminal: Terminal): Promise<ExitCode> {
    const { fetchUnpinned, fetchUpstream } = require('../../upstream/fetch-upstream') as typeof import('../../upstream/fetch-upstream'); // loaded late: --help does without
    const errors: UserError[] = [];
    const bring = async (what: string, fetched: Promise<string>): Promise<void> => {
      try {
        terminal.say(`${await fetched} ${what}`);
      } catch (error) {
        if (!UserError.is(error)) throw error;
        errors.push(error);
      }
    };

    const { urls, holdsManifests } = readListed(terminal);
    const releases = await pinnedReleases(terminal, holdsManifests);
    for (const { construct, url, version, sha256 } of releases) await bring(`${construct} ${version}`, fetchUpstream(url, sha256));
    for (const url of urls) if (!releases.some((release) => release.url === url)) await bring(url, fetchUnpinned(url));
    if (errors.length > 0) throw UserError.all(errors);
    if (urls.length + releases.length === 0) terminal.say('nothing to fetch: no release is pinned, and no kustomization lists a URL');
    return ExitCode.ok;
  },
};

/** What the project's app pins; nothing for a repository without an app. */
async function pinnedReleases(terminal: Terminal, mayBeNone: boolean): Promise<UpstreamRelease[]> {
  const { askApp, findProject } = require('../project') as typeof import('../project');
  let project;
  try {
    project = findProject(terminal.directory);
  } catch (error) {
    if (mayBeNone && UserError.is(error)) return [];
    throw error;
  }
  const { CDK8S_OUTDIR: _, ...environment } = terminal.environment;
  return JSON.parse(await askApp(project, { ...environment, FLUXWRIGHT_SYNTH: JSON.stringify({ list: 'upstream' }) }, terminal)) as UpstreamRelease[];
}

/** URLs of manifests that kustomization files of the tree list, and whether it is a tree of manifests at all. */
function readListed(terminal: Terminal): { readonly urls: readonly string[]; readonly holdsManifests: boolean } {
  const { openRepository } = require('../open-repository') as typeof import('../open-repository');
  const { Repository } = require('../../model/repository') as typeof import('../../model/repository');
  const { referencesOf } = require('../../model/kustomization-file') as typeof import('../../model/kustomization-file');
  const { kustomizations, objects } = new Repository(openRepository(terminal).tree);
  const targets = [...kustomizations.values()].flatMap((kustomization) => referencesOf(kustomization)).filter(({ role }) => role === 'resources').map(({ target }) => target);
  const urls = [...new Set(targets)].filter((target) => /^https?:\/\/[^?]+\.(?:ya?ml|json)$/.test(target)).sort();
  return { urls, holdsManifests: kustomizations.size + objects.length > 0 };
}
