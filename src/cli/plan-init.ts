import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isProjectId } from '../app/names';
import { UserError } from '../errors';
import type { FileChange } from './file-changes';
import { withIgnored } from './ignore-lines';
import { mergePackage } from './merge-package';
import type { TemplateFile } from './project-template';

export interface InitRequest {
  readonly directory: string;
  /** The app's name; by default that of the folder. */
  readonly name?: string;
  /** The repository that Flux reads. */
  readonly repository?: string;
  /** CRDs to make classes of. */
  readonly imports: readonly string[];
  /** The version of fluxwright that the project begins with. */
  readonly version: string;
}

export interface InitPlan {
  readonly changes: readonly FileChange[];
  /** What is there and stays, as sentences. */
  readonly kept: readonly string[];
}

/** The template calls its project so. */
const TEMPLATE_NAME = 'shop';
const TEMPLATE_REPOSITORY = 'ssh://git@github.com/example/shop';

/** Files that a project cannot do without in this form. */
const NEEDED = /^cdk8s\.yaml$|^platform\//;

/**
 * What makes a project of a folder. No file that is there is overwritten: package.json and .gitignore get what they lack,
 * others stay as they are.
 * @throws UserError `foreign-file` where that would leave no project, `name-invalid`, `file-malformed`
 */
export function planInit(template: readonly TemplateFile[], request: InitRequest): InitPlan {
  const name = request.name ?? nameFrom(request.directory);
  if (!isProjectId(name)) throw new UserError('name-invalid', `the project would be called ${JSON.stringify(name)}`, 'say --name, with lower-case letters, digits and dashes, such as "shop"');
  const kept: string[] = [];
  const taken: UserError[] = [];
  const changes = [...template, ...moduleSettings(request.directory)].map(({ path, text }): FileChange => {
    const before = existsSync(join(request.directory, path)) ? readFileSync(join(request.directory, path)) : undefined;
    const wanted = fill(path, text, name, request);
    const after = (content: string): FileChange => ({ path, before, after: Buffer.from(content) });
    if (before === undefined) return after(wanted);
    if (path === 'package.json') {
      const merged = mergePackage(before.toString(), JSON.parse(wanted) as Record<string, unknown>);
      kept.push(...merged.kept);
      return after(merged.text);
    }
    if (path === '.gitignore') return after(withIgnored(before.toString(), wanted.split('\n')));
    if (before.toString() !== wanted) {
      if (NEEDED.test(path)) taken.push(new UserError('foreign-file', `${path} is there already, and is not what init would write`, 'move it away, or name another folder: fluxwright init DIR'));
      else kept.push(`${path} stays as it is`);
    }
    return { path, before, after: before };
  });
  if (taken.length > 0) throw UserError.all(taken);
  return { changes, kept };
}

function fill(path: string, text: string, name: string, { repository = `ssh://git@github.com/example/${name}`, imports, version }: InitRequest): string {
  if (path === 'package.json') return text.replace(`"name": "${TEMPLATE_NAME}"`, `"name": "${name}"`).replace('"fluxwright": "*"', `"fluxwright": "^${version}"`).replace('"devDependencies": {', imports.length > 0 ? '"devDependencies": {\n    "cdk8s-cli": "^2.200.0",' : '$&');
  if (path === 'README.md') return text.replace(`# ${TEMPLATE_NAME}`, () => `# ${name}`);
  if (path === 'cdk8s.yaml' && imports.length > 0) return `${text}# What "npx cdk8s import" makes classes of, with their docs, in imports/.\nimports:\n${imports.map((file) => `  - ${JSON.stringify(file)}\n`).join('')}`;
  if (path !== 'platform/site.ts') return text;
  return text.replace(`'${TEMPLATE_NAME}'`, () => quoted(name)).replace(`'${TEMPLATE_REPOSITORY}'`, () => quoted(repository));
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}

/** Where the project's modules are ES modules, those of the platform are not. */
function moduleSettings(directory: string): TemplateFile[] {
  const file = join(directory, 'package.json');
  return existsSync(file) && /"type"\s*:\s*"module"/.test(readFileSync(file, 'utf8')) ? [{ path: 'platform/package.json', text: '{ "type": "commonjs" }\n' }] : [];
}

function nameFrom(directory: string): string {
  return basename(directory).toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 63).replace(/-+$/, '');
}
