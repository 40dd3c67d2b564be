/** What `fluxwright check --no-render` of a big tree costs beside reading and parsing it, from the build in dist/. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How the Flux objects of a namespace lie in it: each in a file, applied by what they are themselves, or in sync.yaml, as people have them. */
const LAYOUTS = ['a file an object', 'sync.yaml'] as const;

/** Lines for a person. */
export function checkFigures(project: string, count = 5000): string[] {
  const scratch = mkdtempSync(join(tmpdir(), 'fluxwright-bench-'));
  try {
    const reader = join(scratch, 'read.js');
    writeFileSync(reader, READ.replaceAll('PROJECT', project));
    return LAYOUTS.map((layout, index) => {
      const root = join(scratch, String(index));
      mkdirSync(root);
      const made = spawnSync('node', ['-r', 'tsx/cjs', join(__dirname, 'case.ts'), layout === 'sync.yaml' ? 'sync.yaml' : 'fluxwright', String(count), root], { cwd: project, encoding: 'utf8', maxBuffer: 2 ** 30 });
      if (made.status !== 0) throw new Error(made.stderr.slice(-4000));
      const [read, whole, checked] = [cpuOf(root, reader, 'readDocuments'), cpuOf(root, reader, 'readAnyYaml'), cpuOf(root, join(project, 'dist/src/cli/main.js'), 'check', '--no-render')];
      return `check --no-render of ${count} namespaces, ${layout}: ${checked.toFixed(2)} s CPU; reading and parsing is ${read.toFixed(2)} s: ${(checked / read).toFixed(2)} times; with the yaml package alone ${whole.toFixed(2)} s: ${(checked / whole).toFixed(2)} times`;
    });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

const READ = `
const { readTree } = require('PROJECT/dist/src/tree/disk.js');
const { readDocuments } = require('PROJECT/dist/src/yaml/read.js');
const { readAnyYaml } = require('PROJECT/dist/src/yaml/read-any.js');
const read = { readDocuments, readAnyYaml }[process.argv[2]];
for (const file of readTree(process.cwd())) if (file.type === 'manifests') read(file.text, file.path);
`;

/** User and system time of a Node program, in seconds, as the shell counts it. */
function cpuOf(folder: string, ...parameters: readonly string[]): number {
  const { status, stderr } = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S"; time node "$@" >/dev/null', 'bash', ...parameters], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status === 2 || status === null) throw new Error(`node ${parameters.join(' ')} failed: ${stderr}`);
  const [user, system] = stderr.trimEnd().split('\n').at(-1)!.split(' ').map(Number);
  return user! + system!;
}
