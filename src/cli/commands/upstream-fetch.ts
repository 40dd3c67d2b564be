import type { UpstreamRelease } from '../../app/upstream-releases';
import { UserError } from '../../errors';
import { examples, ExitCode, type Command, type Terminal } from '../command';

export const upstreamFetch: Command = {
  summary: 'download the pinned releases that are not on this machine yet, and check their digests',

  configure(command) {
    command.addHelpText('after', examples(['before the first synth of a platform that vendors releases', 'fluxwright upstream fetch']));
  },

  async run(terminal: Terminal): Promise<ExitCode> {
    const { askApp, findProject } = require('../project') as typeof import('../project'); // loaded late: --help does without
    const { fetchUpstream } = require('../../app/upstream-cache') as typeof import('../../app/upstream-cache');
    const project = findProject(terminal.directory);
    const { CDK8S_OUTDIR: _, ...environment } = terminal.environment;
    const releases = JSON.parse(await askApp(project, { ...environment, FLUXWRIGHT_SYNTH: JSON.stringify({ list: 'upstream' }) }, terminal)) as UpstreamRelease[];

    const errors: UserError[] = [];
    for (const { construct, url, version, sha256 } of releases) {
      try {
        const outcome = await fetchUpstream(url, sha256);
        terminal.say(`${outcome} ${construct} ${version}`);
      } catch (error) {
        if (!UserError.is(error)) throw error;
        errors.push(error);
      }
    }
    if (errors.length > 0) throw UserError.all(errors);
    return ExitCode.ok;
  },
};
