#!/usr/bin/env node
import { Command as Program, CommanderError } from 'commander';
import { UserError } from '../errors';
import { ExitCode, type Command, type Terminal } from './command';
import { check } from './commands/check';
import { dbBackup } from './commands/db-backup';
import { dbRestore } from './commands/db-restore';
import { diff } from './commands/diff';
import { ephemeralAdd } from './commands/ephemeral-add';
import { ephemeralList } from './commands/ephemeral-list';
import { ephemeralPrune } from './commands/ephemeral-prune';
import { ephemeralRemove } from './commands/ephemeral-remove';
import { explain } from './commands/explain';
import { graph } from './commands/graph';
import { history } from './commands/history';
import { init } from './commands/init';
import { migrate } from './commands/migrate';
import { plan } from './commands/plan';
import { pinsHold } from './commands/pins-hold';
import { pinsList } from './commands/pins-list';
import { pinsRelease } from './commands/pins-release';
import { render } from './commands/render';
import { secretsEncrypt } from './commands/secrets-encrypt';
import { secretsMerge } from './commands/secrets-merge';
import { secretsRotate } from './commands/secrets-rotate';
import { secretsSetup } from './commands/secrets-setup';
import { secretsStatus } from './commands/secrets-status';
import { stageDiff } from './commands/stage-diff';
import { stageLift } from './commands/stage-lift';
import { stagePromote } from './commands/stage-promote';
import { runbook } from './commands/runbook';
import { synth } from './commands/synth';
import { upstreamAdd } from './commands/upstream-add';
import { upstreamFetch } from './commands/upstream-fetch';
import { upstreamList } from './commands/upstream-list';
import { upstreamUpdate } from './commands/upstream-update';
import { upstreamVendor } from './commands/upstream-vendor';
import { upstreamVerify } from './commands/upstream-verify';
import { why } from './commands/why';

/** Every command by its words; one of two words belongs to a group. */
const COMMANDS: Readonly<Record<string, Command>> = { init, migrate, synth, check, diff, plan, graph, render, explain, why, history, runbook, 'pins list': pinsList, 'pins hold': pinsHold, 'pins release': pinsRelease, 'secrets status': secretsStatus, 'secrets setup': secretsSetup, 'secrets encrypt': secretsEncrypt, 'secrets rotate': secretsRotate, 'secrets merge': secretsMerge, 'stage promote': stagePromote, 'stage lift': stageLift, 'stage diff': stageDiff, 'ephemeral add': ephemeralAdd, 'ephemeral list': ephemeralList, 'ephemeral remove': ephemeralRemove, 'ephemeral prune': ephemeralPrune, 'db backup': dbBackup, 'db restore': dbRestore, 'upstream fetch': upstreamFetch, 'upstream list': upstreamList, 'upstream add': upstreamAdd, 'upstream update': upstreamUpdate, 'upstream vendor': upstreamVendor, 'upstream verify': upstreamVerify };

const GROUPS: Readonly<Record<string, string>> = { db: 'backups and recoveries of Postgres clusters, for a person to apply', pins: 'the values that Flux\'s image automation sets', secrets: 'what SOPS encrypts, for whom, and with which key', stage: 'what is promoted from stage to stage, and how stages differ', ephemeral: 'an environment for each branch that wants one', upstream: 'the releases of others that the platform stands on' };

const terminal: Terminal = {
  directory: process.cwd(),
  environment: process.env,
  colours: coloursOf(process.env, process.stdout.isTTY === true), // undefined for a pipe
  columns: process.stdout.columns, // and so is this
  print: (text) => void process.stdout.write(`${text}\n`),
  say: (text) => void process.stderr.write(`${text}\n`),
  status: process.stderr.isTTY ? (text) => void process.stderr.write(`\r\x1b[K${text}`) : undefined,
};

/** As https://no-color.org and others have it: what is asked for counts before what stdout is. */
function coloursOf({ NO_COLOR, FORCE_COLOR, TERM }: Terminal['environment'], isTerminal: boolean): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTerminal && TERM !== 'dumb';
}

function buildProgram(): Program {
  const program = new Program('fluxwright')
    .description('Infrastructure as code for Flux: typed constructs in, the committed tree of manifests out.')
    .option('-V, --version', 'print the version')
    .showHelpAfterError('(fluxwright --help shows what there is)')
    .enablePositionalOptions() // a command may have a --version of its own
    .exitOverride();
  program.on('option:version', () => {
    terminal.print((require('fluxwright/package.json') as { version: string }).version);
    process.exit(ExitCode.ok);
  });
  for (const [words, command] of Object.entries(COMMANDS)) {
    const [verb = '', group] = words.split(' ').reverse();
    const parent = group === undefined ? program : groupOf(program, group);
    const leaf = parent.command(verb).description(command.summary).exitOverride().showHelpAfterError(`(fluxwright ${words} --help shows what it takes)`);
    command.configure(leaf);
    leaf.action(async (...parameters: unknown[]) => {
      process.exitCode = await command.run(terminal, ...parameters);
    });
  }
  return program;
}

function groupOf(program: Program, name: string): Program {
  return program.commands.find((command) => command.name() === name) ?? program.command(name).description(GROUPS[name] ?? '').exitOverride();
}

// a reader such as head may close the pipe before all is written
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? ExitCode.ok);
});

buildProgram().parseAsync(process.argv).catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? ExitCode.ok : ExitCode.failed;
    return;
  }
  terminal.say(UserError.is(error) ? `error: ${error.message}` : `fluxwright has a bug: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
  process.exitCode = ExitCode.failed;
});
