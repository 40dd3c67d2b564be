import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { UserError } from '../errors';
import { CrashReport, explainCrash } from './app-crash';
import type { Terminal } from './command';

/** The npm project around a folder: where its cdk8s.yaml is, and the app that this names. */
export interface Project {
  readonly directory: string;
  /** The shell command that runs the app. */
  readonly app: string;
}

/** @throws UserError `project-invalid` where no cdk8s.yaml names an app */
export function findProject(from: string): Project {
  let directory = from;
  while (!existsSync(join(directory, 'cdk8s.yaml'))) {
    const parent = dirname(directory);
    if (parent === directory) throw new UserError('project-invalid', `${from} lies in no project: no folder up from it has a cdk8s.yaml`, 'run the command inside the project');
    directory = parent;
  }
  const file = join(directory, 'cdk8s.yaml');
  const app: unknown = readConfiguration(file)['app'];
  if (typeof app !== 'string' || app.trim() === '') {
    throw new UserError('project-invalid', `${file} names no app`, 'add the command that runs it, such as "app: node -r tsx/cjs main.ts"');
  }
  return { directory, app };
}

function readConfiguration(file: string): Record<string, unknown> {
  try {
    const data: unknown = parse(readFileSync(file, 'utf8'));
    if (typeof data === 'object' && data !== null) return data as Record<string, unknown>;
  } catch (error) {
    throw new UserError('project-invalid', `${file} cannot be read: ${(error as Error).message.split('\n')[0]!}`, 'mend the file');
  }
  throw new UserError('project-invalid', `${file} holds no settings`, 'add "language: typescript" and "app: …"');
}

/**
 * Runs the project's app as cdk8s would, with its output on this terminal.
 * @returns the app's exit code, or 128 where a signal ended it
 * @throws UserError `app-failed` if it synthesized nothing, or has a mistake that it could not say itself
 */
export async function runApp(project: Project, environment: Environment, terminal: Terminal): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-'));
  try {
    const receipt = join(folder, 'synthesized');
    const { code } = await start(project, { ...environment, FLUXWRIGHT_RECEIPT: receipt }, terminal, 'inherit');
    if (code === 0 && !existsSync(receipt)) throw synthesizedNothing(project);
    return code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs the app for what it prints on stdout.
 * @throws UserError `app-failed` if it ends with anything but 0, what it said being on stderr, or says nothing
 */
export async function askApp(project: Project, environment: Environment, terminal: Terminal): Promise<string> {
  const { code, output } = await start(project, environment, terminal, 'pipe');
  if (code !== 0) throw new UserError('app-failed', `"${project.app}" ended with exit code ${code}`, 'mend what it says above');
  if (output === '') throw synthesizedNothing(project);
  return output;
}

function synthesizedNothing({ app }: Project): UserError {
  return new UserError('app-failed', `"${app}" synthesized nothing`, 'end the program with app.synth() of its GitopsApp, or mend "app:" in cdk8s.yaml, which has to pass its environment on');
}

type Environment = Readonly<Record<string, string | undefined>>;

async function start(project: Project, environment: Environment, terminal: Terminal, stdout: 'inherit' | 'pipe'): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(project.app, { cwd: project.directory, env: environment, shell: true, stdio: ['ignore', stdout, 'pipe'] });
    let output = '';
    const report = new CrashReport((line) => terminal.say(line));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => report.add(text));
    child.on('error', (error) => reject(new UserError('app-failed', `"${project.app}" did not start: ${error.message}`, 'mend "app:" in cdk8s.yaml')));
    child.on('close', (status) => {
      const code = status ?? 128;
      const held = report.end();
      const mistake = code === 0 ? undefined : explainCrash(held, project.directory);
      if (mistake !== undefined) return reject(mistake);
      if (held !== '') terminal.say(held.replace(/\n$/, ''));
      resolve({ code, output });
    });
  });
}
