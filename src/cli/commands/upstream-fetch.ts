import { UserError } from '../../errors';
import { examples, ExitCode, type Command, type Terminal } from '../command';

export const upstreamFetch: Command = {
  summary: 'download the releases that are not on this machine yet: those that the app or the lock file pins, and those that the tree lists by URL',

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

    const { listedUrls, pinnedReleases } = require('../pinned-releases') as typeof import('../pinned-releases');
    const { openUpstream } = require('../open-upstream') as typeof import('../open-upstream');
    const { locationOf } = require('../../upstream/lock-file') as typeof import('../../upstream/lock-file');
    const { Repository } = require('../../model/repository') as typeof import('../../model/repository');
    const opened = openUpstream(terminal, undefined);
    const repository = new Repository(opened.tree);
    const limits = { proxies: terminal.environment };
    const urls = listedUrls(repository);
    const releases = await pinnedReleases(terminal, repository.kustomizations.size + repository.objects.length + opened.releases.length > 0);
    for (const { construct, url, version, sha256 } of releases) await bring(`${construct} ${version}`, fetchUpstream(url, sha256, limits));
    const locked = opened.releases.filter(({ sha256 }) => !releases.some((release) => release.sha256 === sha256));
    for (const release of locked) await bring(`${release.name} ${release.version}`, fetchUpstream(locationOf(release), release.sha256, limits));
    const pinned = [...releases.map(({ url }) => url), ...locked.map(locationOf)];
    for (const url of urls) if (!pinned.includes(url)) await bring(url, fetchUnpinned(url, limits));
    if (errors.length > 0) throw UserError.all(errors);
    if (urls.length + releases.length + locked.length === 0) terminal.say('nothing to fetch: no release is pinned or locked, and no kustomization lists a URL');
    return ExitCode.ok;
  },
};
