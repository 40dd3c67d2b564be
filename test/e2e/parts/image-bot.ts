import fc from 'fast-check';
import { temporaryFolder } from '../harness/folder';
import { versionOf } from '../harness/programs';
import { toolPath } from '../../tools';
import type { Part, Run } from '../part';
import { interleaving, type Step } from './image-bot/steps';
import { Team } from './image-bot/team';

const INTERLEAVINGS = Number(process.env["N"] ?? 200);

export const imageBot: Part = {
  summary: 'a bot made of kyaml and of what ImagePolicy documents commits tags while developers change, move and merge',
  programs: ['image-policy'],

  async run({ report, scope, seed }) {
    const against = `kyaml, ${versionOf('image-policy')}, git`;
    const rows = {
      tags: report.row('image-bot', 'after each step, main has the tags that the bot committed or code asked for', against),
      files: report.row('image-bot', 'after each step, the files of others are as they were', against),
      noop: report.row('image-bot', 'after each step, another synth changes nothing', against),
    };
    if (toolPath('bot') === undefined) return rows.tags.skip('the Go program test/go/bot cannot be built');

    const counts = { commits: 0, conflicts: 0, refusals: 0 };
    for (const steps of fc.sample(interleaving, { numRuns: INTERLEAVINGS, seed })) {
      await scope.within(async (inner) => {
        const team = new Team(temporaryFolder(inner));
        runInterleaving(team, steps, rows);
        for (const key of ['commits', 'conflicts', 'refusals'] as const) counts[key] += team.counts[key];
      });
    }
    process.stderr.write(`  ${counts.commits} bot commits, ${counts.conflicts} merges that Git could not do alone, ${counts.refusals} times synth asked for a person's choice\n`);
  },
};

function runInterleaving(team: Team, steps: readonly Step[], rows: Readonly<Record<'tags' | 'files' | 'noop', ReturnType<Run['report']['row']>>>): void {
  const taken: Step[] = [];
  for (const step of steps) {
    taken.push(step);
    const story = (): string => taken.map((one) => JSON.stringify(one)).join('\n');
    try {
      team.take(step);
    } catch (error) {
      rows.noop.check(false, () => `${story()}\n${String((error as Error).stack)}`);
      return;
    }
    const { found, expected } = team.tags;
    rows.tags.equal(found, expected, story);
    rows.files.equal(team.lostFiles, [], story);
    rows.noop.equal(team.diff, '', story);
  }
}
