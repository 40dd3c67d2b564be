/** `npm run e2e [-- PART…]`: what we claim of Flux, kustomize, SOPS and the API server, tried with the real ones. */
import { constants } from 'node:os';
import { ProgramMissing, programPath } from './harness/programs';
import { Report } from './harness/report';
import { Scope } from './harness/scope';
import type { Part } from './part';
import { apiServer } from './parts/api-server';
import { faults } from './parts/faults';
import { imageBot } from './parts/image-bot';
import { publishing } from './parts/publishing';
import { reconcile } from './parts/reconcile';
import { schema } from './parts/schema';
import { sops } from './parts/sops';

const PARTS: Readonly<Record<string, Part>> = {
  'api-server': apiServer,
  reconcile,
  faults,
  'image-bot': imageBot,
  publishing,
  schema,
  sops,
};

const root = new Scope();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    process.stderr.write(`${signal}: stopping what was started\n`);
    void root.close().then(() => process.exit(128 + constants.signals[signal]));
  });
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof ProgramMissing ? error.message : String((error as Error).stack)}\n`);
    void root.close().then(() => process.exit(2));
  },
);

async function main(wanted: readonly string[]): Promise<number> {
  const unknown = wanted.filter((name) => !(name in PARTS));
  if (unknown.length > 0) {
    process.stderr.write(`no part ${unknown.join(', ')}; there are\n${Object.entries(PARTS).map(([name, { summary }]) => `  ${name}: ${summary}\n`).join('')}`);
    return 2;
  }
  const names = Object.keys(PARTS).filter((name) => wanted.length === 0 || wanted.includes(name));
  for (const program of new Set(names.flatMap((name) => PARTS[name]!.programs))) programPath(program);

  const report = new Report();
  const seed = Number(process.env['E2E_SEED'] ?? 1);
  for (const name of names) await runPart(name, PARTS[name]!, report, seed);
  process.stdout.write(`\n${report.table}\n\n${report.summary}\n`);
  return report.isFailed ? 1 : 0;
}

async function runPart(name: string, part: Part, report: Report, seed: number): Promise<void> {
  process.stderr.write(`${name}: ${part.summary} (seed ${seed})\n`);
  const start = Date.now();
  let failure: unknown;
  try {
    await root.within((scope) => part.run({ report, scope, seed }));
  } catch (error) {
    failure = error;
  }
  const seconds = Math.round((Date.now() - start) / 1000);
  report.row(name, 'runs to its end', `${seconds} s`).check(failure === undefined, () => String((failure as Error)?.stack ?? failure));
}
