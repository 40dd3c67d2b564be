import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { temporaryFolder } from '../harness/folder';
import { gitVersion } from '../harness/git';
import { pinnedVersion, versionOf } from '../harness/programs';
import { toolPath } from '../../tools';
import type { Part } from '../part';
import type { Counts, Message, Share } from './image-bot/worker';

const INTERLEAVINGS = 200;
/** As many as CI has cores. */
const WORKERS = 2;

export const imageBot: Part = {
  summary: 'a bot made of kyaml and of what ImagePolicy documents commits tags while developers change, move and merge',
  programs: ['image-policy'],

  async run({ report, scope, seed }) {
    const against = `kyaml ${pinnedVersion(join(__dirname, '..', '..', 'go'), 'sigs.k8s.io/kustomize/kyaml')}, ${versionOf('image-policy')}, ${gitVersion()}`;
    const rows = {
      tags: report.row('image-bot', 'after each step, main has the tags that the bot committed or code asked for', against),
      files: report.row('image-bot', 'after each step, the files of others are as they were', against),
      noop: report.row('image-bot', 'after each step, another synth changes nothing', against),
    };
    if (toolPath('bot') === undefined) return rows.tags.skip('the Go program test/go/bot cannot be built');

    const total: Counts = { interleavings: 0, commits: 0, conflicts: 0, refusals: 0 };
    await Promise.all(Array.from({ length: WORKERS }, async (_, index) => {
      const share: Share = { folder: temporaryFolder(scope), seed, total: INTERLEAVINGS, index, workers: WORKERS };
      // A process, not a thread: to start git takes longer the more memory the process has that starts it.
      const worker = fork(join(__dirname, 'image-bot/worker.ts'), [JSON.stringify(share)], { execArgv: [...process.execArgv, '--max-semi-space-size=2'] });
      const exited = once(worker, 'exit');
      scope.defer(async () => void (worker.kill('SIGKILL') && (await exited)));
      worker.on('message', (message: Message) => {
        if ('claim' in message) rows[message.claim].check(message.detail === undefined, () => message.detail!);
        else for (const key of Object.keys(total) as (keyof Counts)[]) total[key] += message[key];
      });
      const [code] = await exited;
      if (code !== 0) throw new Error(`${worker.spawnfile} ended with ${code}`);
    }));
    process.stderr.write(`  ${total.interleavings} interleavings, ${total.commits} bot commits, ${total.conflicts} merges that Git could not do alone, ${total.refusals} times synth asked for a person's choice\n`);
  },
};
