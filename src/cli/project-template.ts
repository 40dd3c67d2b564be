import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file of the template, by its path in the project that is made of it. */
export interface TemplateFile {
  readonly path: string;
  readonly text: string;
}

/** npm packs no .gitignore, and Node takes a package.json for that of the files around it: these two have another name there. */
const ENDING = '.template';

/** What a new project is made of: `templates/project` of this package. */
export function readProjectTemplate(): TemplateFile[] {
  const folder = join(dirname(require.resolve('fluxwright/package.json')), 'templates', 'project');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).split('\\').join('/'))
    .sort()
    .map((path) => ({ path: nameInProject(path), text: readFileSync(join(folder, path), 'utf8') }));
}

function nameInProject(path: string): string {
  if (!path.endsWith(ENDING)) return path;
  const name = path.slice(0, -ENDING.length);
  return name.endsWith('ignore') ? `.${name}` : name;
}
