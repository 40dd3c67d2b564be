/** What `fluxwright check --no-render` of a big tree costs beside reading and parsing it, from the build in dist/. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { costOf, least, times } from './measure';

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
      costOf('node', ['-r', 'tsx/cjs', join(__dirname, 'case.ts'), layout === 'sync.yaml' ? 'sync.yaml' : 'fluxwright', String(count), root], { cwd: project });
      const cpu = (runs: number, ...parameters: readonly string[]): number => least(() => costOf('node', parameters, { cwd: root, statuses: [0, 1] }), runs).cpu;
      const [read, whole, checked] = [cpu(3, reader, 'readDocuments'), cpu(1, reader, 'readAnyYaml'), cpu(3, join(project, 'dist/src/cli/main.js'), 'check', '--no-render')];
      return `check --no-render of ${count} namespaces, ${layout}: ${checked.toFixed(2)} s CPU; reading and parsing is ${read.toFixed(2)} s: ${times(checked, read, 'at most 3')}; with the yaml package alone ${whole.toFixed(2)} s: ${times(checked, whole, 'at most 3')}`;
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
