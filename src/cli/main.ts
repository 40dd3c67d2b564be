#!/usr/bin/env node
import { Command as Program, CommanderError } from 'commander';
import { UserError } from '../errors';
import { ExitCode, type Command, type Terminal } from './command';
import { synth } from './commands/synth';

/** Every command by its words; one of two words belongs to a group. */
const COMMANDS: Readonly<Record<string, Command>> = { synth };

const terminal: Terminal = {
  directory: process.cwd(),
  environment: process.env,
  print: (text) => void process.stdout.write(`${text}\n`),
  say: (text) => void process.stderr.write(`${text}\n`),
};

function buildProgram(): Program {
  const program = new Program('fluxwright')
    .description('Infrastructure as code for Flux: typed constructs in, the committed tree of manifests out.')
    .option('-V, --version', 'print the version')
    .showHelpAfterError('(fluxwright --help shows what there is)')
    .exitOverride();
  program.on('option:version', () => {
    terminal.print((require('fluxwright/package.json') as { version: string }).version);
    process.exit(ExitCode.ok);
  });
  for (const [words, command] of Object.entries(COMMANDS)) {
    const leaf = program.command(words).description(command.summary).exitOverride().showHelpAfterError(`(fluxwright ${words} --help shows what it takes)`);
    command.configure(leaf);
    leaf.action(async (...parameters: unknown[]) => {
      process.exitCode = await command.run(terminal, ...parameters);
    });
  }
  return program;
}

buildProgram().parseAsync(process.argv).catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? ExitCode.ok : ExitCode.failed;
    return;
  }
  terminal.say(UserError.is(error) ? error.message : `fluxwright has a bug: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
  process.exitCode = ExitCode.failed;
});
