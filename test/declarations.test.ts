import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createProgram, flattenDiagnosticMessageText, getPreEmitDiagnostics, ModuleKind, ModuleResolutionKind, ScriptTarget, type CompilerOptions } from 'typescript';
import { folderWith } from './folders';

const project = join(__dirname, '..');
const options: CompilerOptions = { target: ScriptTarget.ES2022, lib: ['lib.es2022.d.ts'], module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16, strict: true };
const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as Record<'dependencies' | 'peerDependencies', Record<string, string>>;

test('a project that checks the types of its libraries, and names none of its own, can use ours', () => {
  const user = folderWith({
    'main.ts': "import { GitopsApp } from 'fluxwright';\nimport { testApp } from 'fluxwright/testing';\nexport const app: GitopsApp = testApp();\napp.toTree();\n",
    'node_modules/fluxwright/package.json': readFileSync(join(project, 'package.json')),
  });
  for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
    const link = join(user, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(project, 'node_modules', name), link);
  }
  const sources = ['src/index.ts', 'src/testing.ts'].map((file) => join(project, file));
  const declared = createProgram(sources, { ...options, declaration: true, emitDeclarationOnly: true, noCheck: true, types: ['node'], rootDir: project, outDir: join(user, 'node_modules/fluxwright/dist'), customConditions: ['fluxwright-source'] });
  declared.emit(undefined, (path, text) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  });

  const problems = getPreEmitDiagnostics(createProgram([join(user, 'main.ts')], { ...options, types: [], noEmit: true, skipLibCheck: false }));

  expect(problems.map(({ file, messageText }) => `${file?.fileName ?? ''}: ${flattenDiagnosticMessageText(messageText, '\n')}`)).toEqual([]);
});
