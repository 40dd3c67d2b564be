import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';

interface Step {
  readonly id?: string;
  readonly name: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

/** What a step sees between `${{` and `}}`. */
interface Expressions {
  readonly inputs: Readonly<Record<string, string>>;
  readonly github: Readonly<Record<string, string>>;
  readonly steps: Record<string, { readonly outputs: Record<string, string> }>;
}

export interface RunOptions {
  readonly workspace: string;
  /** For what the runner keeps beside the workspace. */
  readonly temporary: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly github: Readonly<Record<string, string>>;
  readonly environment: NodeJS.ProcessEnv;
}

export interface RunResult {
  /** By the step's name; undefined for one that was left out. */
  readonly codes: Readonly<Record<string, number | undefined>>;
  readonly log: string;
  readonly summary: string;
}

const ACTION = join(__dirname, '..', '..');

/** Runs the steps of action.yml in this repository as GitHub's runner does: by bash, with files for outputs, paths and the summary. */
export async function runAction({ workspace, temporary, inputs = {}, github, environment }: RunOptions): Promise<RunResult> {
  const action = parse(readFileSync(join(ACTION, 'action.yml'), 'utf8')) as Action;
  const defaults = Object.fromEntries(Object.entries(action.inputs).map(([name, { default: value = '' }]) => [name, value]));
  const expressions: Expressions = { inputs: { ...defaults, ...inputs }, github: { ...github, action_path: ACTION }, steps: {} };
  const files = { GITHUB_OUTPUT: join(temporary, 'output'), GITHUB_PATH: join(temporary, 'path'), GITHUB_STEP_SUMMARY: join(temporary, 'summary') };
  mkdirSync(temporary, { recursive: true });
  for (const file of Object.values(files)) writeFileSync(file, '');
  const codes: Record<string, number | undefined> = {};
  let log = '';
  for (const step of action.runs.steps) {
    if (step.run === undefined || (step.if !== undefined && evaluate(step.if, expressions) !== true)) {
      codes[step.name] = undefined;
      continue;
    }
    writeFileSync(files.GITHUB_OUTPUT, '');
    const added = readFileSync(files.GITHUB_PATH, 'utf8').split('\n').filter((line) => line !== '').reverse();
    const own = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value, expressions)]));
    const env = { ...environment, ...files, ...own, RUNNER_TEMP: temporary, PATH: [...added, environment['PATH']].join(delimiter) };
    const { code, output } = await bash(step.run, join(workspace, filled(step['working-directory'] ?? '.', expressions)), env);
    codes[step.name] = code;
    log += output;
    if (step.id !== undefined) expressions.steps[step.id] = { outputs: outputsIn(readFileSync(files.GITHUB_OUTPUT, 'utf8')) };
    if (code !== 0) break;
  }
  return { codes, log, summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8') };
}

/** In a process of its own, since what stands in for GitHub lives in this one. */
async function bash(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], { cwd, env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 128, output }));
  });
}

function filled(text: string, expressions: Expressions): string {
  return text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => String(evaluate(expression, expressions) ?? ''));
}

/** Names, texts, `==`, `!=` and `||`: what action.yml uses of GitHub's expressions. */
function evaluate(expression: string, expressions: Expressions): unknown {
  const source = expression.replace(/^\s*\$\{\{|\}\}\s*$/g, '').trim();
  return source.split('||').map((part) => {
    const [left = '', operator, right = ''] = part.trim().split(/\s*(==|!=)\s*/);
    if (operator === undefined) return valueOf(left, expressions);
    return (valueOf(left, expressions) === valueOf(right, expressions)) === (operator === '==');
  }).reduce((found, value) => found || value);
}

function valueOf(text: string, expressions: Expressions): unknown {
  if (text.startsWith("'")) return text.slice(1, -1);
  let value: unknown = expressions;
  for (const step of text.split('.')) value = (value as Record<string, unknown> | undefined)?.[step];
  return value ?? '';
}

function outputsIn(text: string): Record<string, string> {
  return Object.fromEntries(text.split('\n').filter((line) => line.includes('=')).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
