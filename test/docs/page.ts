import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import type { GitopsApp } from 'fluxwright';
import type { Tree } from '../../src/tree/tree';
import { folderWith } from '../folders';

export const project = join(__dirname, '..', '..');

/** The guides, by their names from the project's folder. */
export const guides = readdirSync(join(project, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`).sort();

/** What a page's program reads, and what is changed in it to be run. */
export interface Inputs {
  readonly files: Readonly<Record<string, string | Buffer>>;
  readonly edit?: (source: string) => string;
}

/** A fenced block of a page: its language, and what stands behind that on the same line. */
export interface Block {
  readonly language: string;
  readonly info: string;
  readonly text: string;
  readonly line: number;
}

export function readPage(page: string): string {
  return readFileSync(join(project, page), 'utf8');
}

export function blocksOf(page: string, language: string): Block[] {
  const text = readPage(page);
  return [...text.matchAll(/^```(\w+)(?: +(.*))?\n([^]*?)^```$/gm)]
    .map((match) => ({ language: match[1]!, info: match[2] ?? '', text: match[3]!, line: text.slice(0, match.index).split('\n').length }))
    .filter((block) => block.language === language);
}

/** The TypeScript of a page is one program, read from top to bottom. A block with the name of a file is one of its own. */
export function programOf(page: string): string {
  return blocksOf(page, 'ts').filter(({ info }) => info === '').map(({ text }) => text).join('\n');
}

/** The TypeScript of a page that stands in files of its own. */
export function namedBlocksOf(page: string): Block[] {
  return blocksOf(page, 'ts').filter(({ info }) => info !== '');
}

/** Runs a page's program in a folder of its own, with the files that it reads, and gives the tree of its app. */
export function treeOf(page: string, { files, edit }: Inputs): Tree {
  return inFolder({ 'cdk8s.yaml': '', ...files }, () => runProgram(page, edit).toTree());
}

/** Works in a new folder with these files. */
export function inFolder<Result>(files: Readonly<Record<string, string | Buffer>>, work: (folder: string) => Result): Result {
  const folder = folderWith();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const before = process.cwd();
  process.chdir(folder);
  try {
    return work(folder);
  } finally {
    process.chdir(before);
  }
}

/** Runs a page's program, which calls its app `app`. */
export function runProgram(page: string, edit: (source: string) => string = (source) => source): GitopsApp {
  const options = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true };
  const { outputText } = transpileModule(`${edit(programOf(page))}\nexport { app };`, { compilerOptions: options });
  const exported: { app?: GitopsApp } = {};
  new Function('require', 'exports', outputText)(require, exported);
  return exported.app!;
}
