/** `npm run e2e [-- PART…]`: what we claim of Flux, kustomize, SOPS and the API server, tried with the real ones. */
import { constants } from 'node:os';
import { buildPrograms, ProgramMissing } from './harness/programs';
import { Report } from './harness/report';
import { Scope } from './harness/scope';
import type { Part } from './part';
import { apiServer } from './parts/api-server';
import { faults } from './parts/faults';
import { imageBot } from './parts/image-bot';
import { publishing } from './parts/publishing';
import { reconcile } from './parts/reconcile';
import { sops } from './parts/sops';

const PARTS: Readonly<Record<string, Part>> = {
  'api-server': apiServer,
  reconcile,
  faults,
  'image-bot': imageBot,
  publishing,
  sops,
};

const root = new Scope();
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop(128 + constants.signals[signal], signal));
for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.on(event, (error) => stop(2, String((error as Error)?.stack ?? error)));

main(process.argv.slice(2)).then(
  (code) => stop(code),
  (error: unknown) => stop(2, error instanceof ProgramMissing ? error.message : String((error as Error).stack)),
);

/** Ends the run, the first time that somebody asks for it, once all that was started is stopped. */
function stop(code: number, reason?: string): void {
  if (isStopping) return;
  isStopping = true;
  if (reason !== undefined) process.stderr.write(`${reason}\n`);
  void root.close().then(() => process.exit(code));
}

async function main(wanted: readonly string[]): Promise<number> {
  const unknown = wanted.filter((name) => !(name in PARTS));
  if (unknown.length > 0) {
    process.stderr.write(`no part ${unknown.join(', ')}; there are\n${Object.entries(PARTS).map(([name, { summary }]) => `  ${name}: ${summary}\n`).join('')}`);
    return 2;
  }
  const names = Object.keys(PARTS).filter((name) => wanted.length === 0 || wanted.includes(name));
  await buildPrograms(root, new Set(names.flatMap((name) => PARTS[name]!.programs)));

  const report = new Report();
  const seed = Number(process.env['E2E_SEED'] ?? 1);
  for (const name of names) await runPart(name, PARTS[name]!, report, seed);
  if (isStopping) return 1;
  process.stdout.write(`\n${report.table}\n\n${report.summary}\n`);
  return report.isFailed ? 1 : 0;
}

async function runPart(name: string, part: Part, report: Report, seed: number): Promise<void> {
  if (isStopping) return;
  process.stderr.write(`${name}: ${part.summary} (seed ${seed})\n`);
  const start = Date.now();
  let failure: unknown;
  try {
    await root.within((scope) => part.run({ report, scope, seed }));
  } catch (error) {
    failure = error;
  }
  if (isStopping) return;
  const seconds = Math.round((Date.now() - start) / 1000);
  report.row(name, 'runs to its end', `${seconds} s`).check(failure === undefined, () => String((failure as Error)?.stack ?? failure));
}
