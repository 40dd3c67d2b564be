import { relative } from 'node:path';
import { UserError } from '../errors';

/**
 * Passes on, line by line, what an app says on stderr, but for the report with which Node ends a program that crashed: that
 * begins with a place in Node or in the program that loads TypeScript, and prints the minified source there.
 */
export class CrashReport {
  private text = '';
  private pending = '';

  constructor(private readonly say: (line: string) => void) {}

  add(chunk: string): void {
    const lines = (this.pending + chunk).split('\n');
    this.pending = lines.pop()!;
    for (const line of lines) this.addLine(line);
  }

  /** What was held back, when all has been said. */
  end(): string {
    if (this.pending !== '') this.addLine(this.pending);
    return this.text;
  }

  private addLine(line: string): void {
    if (this.text === '' && !CRASH.test(line)) this.say(line);
    else this.text += `${line}\n`;
  }
}

const CRASH = /^(node:internal\/\S+|(file:\/\/)?\/?\S*\/node_modules\/tsx\/dist\/\S+):\d+$/;

/** A crash that is a mistake in the user's files, in one to three lines; undefined where the stack is wanted. */
export function explainCrash(report: string, project: string): UserError | undefined {
  const show = (file: string): string => relative(project, file);
  const syntax = [...report.matchAll(/^(.+):(\d+):(\d+): ERROR: (.+)$/gm)].map(([, file, line, column, problem]) => `${show(file!)}:${line!}:${column!}: ${problem!}`);
  if (syntax.length > 0) return new UserError('app-failed', syntax.join('\n'), 'mend the syntax');

  const module = /Unknown file extension "\.\w+" for (.+)$/m.exec(report);
  if (module !== null) {
    const file = show(module[1]!);
    return new UserError(
      'app-failed',
      `${file} cannot be run: package.json says "type": "module", and "-r tsx/cjs" in cdk8s.yaml loads the other kind`,
      `write "app: node --import tsx ${file}" into cdk8s.yaml, or take "type": "module" out of package.json`,
    );
  }

  const missing = /^(?:Error: )?Cannot find module '(.+)'(?:\nRequire stack:\n- (.+))?$/m.exec(report);
  if (missing === null) return undefined;
  const [, name = '', from] = missing;
  const place = from === undefined ? undefined : new RegExp(`\\((${from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}:\\d+):\\d+\\)`).exec(report)?.[1] ?? from;
  if (place === undefined || place === 'internal/preload') {
    return new UserError('app-failed', `"app:" in cdk8s.yaml names ${place === undefined ? show(name) : name}, which is not there`, 'mend the command, or run "npm install"');
  }
  return new UserError('app-failed', `${show(place)}: there is no module ${JSON.stringify(name)}`, /^[./]/.test(name) ? 'mend the path' : `run "npm install ${packageOf(name)}"`);
}

function packageOf(module: string): string {
  return module.split('/').slice(0, module.startsWith('@') ? 2 : 1).join('/');
}
