import fc from 'fast-check';
import type { KubeClient, KubeObject } from '../../cluster/kube-client';
import { versionOf } from '../../harness/programs';
import type { Run } from '../../part';
import { forEach, refusalOf, titleOf } from './dry-run';
import { judgedByCheck, type Judgement } from './judged-by-check';
import { mutation, type Mutation } from './mutations';

const MUTATIONS = 500;

interface Case extends Mutation {
  readonly refusal: string | undefined;
  readonly judgement: Judgement;
  /** What check has to say of the mutation, and not of the object that it was. */
  readonly reports: readonly string[];
}

/**
 * Asks the server and `fluxwright check` the same, of each object and of mutations of them.
 * @param own definitions of kinds that come with the platforms
 */
export async function checkAgreement({ report, scope, seed }: Run, client: KubeClient, objects: readonly KubeObject[], own: readonly KubeObject[]): Promise<void> {
  const against = versionOf('kube-apiserver');
  const refused = report.row('api-server', 'what the server refuses, check reports', against);
  const taken = report.row('api-server', 'what the server takes, check reports no error of the schema in', against);
  const mutations = fc.sample(mutation(objects), { numRuns: MUTATIONS, seed });
  const all: Mutation[] = [...objects.map((object) => ({ object, original: object, change: 'as it is' })), ...mutations];
  const kubernetes = /v(\d+\.\d+)/.exec(against)![1]!;
  const judgements = await judgedByCheck(scope, kubernetes, all.map(({ object }) => object), new Map(own.map((definition) => [`${definition.metadata.name}.yaml`, JSON.stringify(definition)])));
  const asItIs = new Map(objects.map((object, index) => [object, judgements[index]!]));

  const cases: Case[] = [];
  await forEach(all.map((one, index) => ({ one, judgement: judgements[index]! })), async ({ one, judgement }) => {
    const before = one.object === one.original ? [] : asItIs.get(one.original)!.reports;
    cases.push({ ...one, judgement, refusal: await refusalOf(client, one.object), reports: judgement.reports.filter((text) => !before.includes(text)) });
  });
  for (const one of cases) {
    const story = (): string => `${titleOf(one.object)}: ${one.change}\nserver: ${one.refusal ?? 'takes it'}\ncheck:  ${one.reports.join('\n        ') || 'nothing'}`;
    if (one.refusal === undefined) taken.check(one.judgement.schemaErrors.length === 0, story);
    else refused.check(one.reports.length > 0, story);
  }
  process.stderr.write(table(objects.length, cases));
  const refusals = cases.filter(({ refusal, reports }) => refusal !== undefined && reports.length > 0);
  process.stderr.write(`  of what is refused and reported, other rules than those of schemas report alone: ${refusals.filter(({ reports, judgement }) => !reports.some((text) => judgement.ofSchemas.includes(text))).length}\n`);
}

/** Who refuses what, of objects as they are and of mutations. */
function table(objects: number, cases: readonly Case[]): string {
  const counted = (isMutated: boolean, isRefused: boolean, isReported: boolean): number => cases.filter(({ object, original, refusal, judgement, reports }) => {
    const reported = refusal === undefined ? judgement.schemaErrors.length > 0 : reports.length > 0;
    return (object !== original) === isMutated && (refusal !== undefined) === isRefused && reported === isReported;
  }).length;
  const rows = [false, true].map((isMutated) => [isMutated ? `${MUTATIONS} mutations` : `${objects} objects`, ...[[false, false], [false, true], [true, true], [true, false]].map(([isRefused, isReported]) => counted(isMutated, isRefused!, isReported!))]);
  const cells = [['agreement of', 'taken, no error', 'taken, but an error of the schema', 'refused and reported', 'refused, not reported'], ...rows].map((row) => row.map(String));
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd()}\n`).join('');
}
