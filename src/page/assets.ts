import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** In the order in which they need each other. */
const MODULES = ['element', 'page-data', 'theme', 'links', 'yaml-view', 'side-by-side', 'findings-view', 'change-view', 'kustomization-view', 'board', 'drawing', 'tabs', 'detail', 'search-index', 'search', 'keyboard', 'main'];
const STYLES = ['colours', 'layout', 'lists', 'board', 'detail'];

/** What has to be known before anything is painted. */
export function earlyScript(): string {
  return read('early.js');
}

/** The program of a page: its modules in one script, since those of one file cannot import each other. */
export function pageScript(): string {
  return `'use strict';\n{\n${MODULES.map(moduleText).join('\n')}\n}\n`;
}

/** A module as a function of its own, so that what it does not export is its own. */
function moduleText(name: string): string {
  const text = read(`${name}.js`);
  const exported = [...text.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, export_]) => export_!);
  const body = text.replace(/^import (\{[^}]*\}) from '\.\/([\w-]+)\.js';$/gm, (_, names: string, from: string) => `const ${names} = ${variableOf(from)};`).replace(/^export /gm, '');
  return `const ${variableOf(name)} = (() => {\n${body}\nreturn { ${exported.join(', ')} };\n})();`;
}

function variableOf(module: string): string {
  return `$${module.replaceAll('-', '_')}`;
}

export function pageStyle(): string {
  return STYLES.map((name) => read(`${name}.css`)).join('\n');
}

function read(name: string): string {
  return readFileSync(join(folder(), name), 'utf8');
}

let found: string | undefined;

/** `src/page/browser` of the package: what runs in a browser is not compiled, so it lies beside the sources alone. */
function folder(): string {
  for (let above = __dirname; found === undefined; above = dirname(above)) {
    const candidate = join(above, 'src', 'page', 'browser');
    if (existsSync(join(candidate, 'main.js'))) found = candidate;
    else if (above === dirname(above)) throw new Error(`the program of the page is missing from the package, above ${__dirname}`);
  }
  return found;
}
