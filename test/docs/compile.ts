import { join } from 'node:path';
import { createCompilerHost, createProgram, createSourceFile, flattenDiagnosticMessageText, parseJsonConfigFileContent, readConfigFile, ScriptTarget, sys } from 'typescript';
import { project } from './page';

/** What the compiler says of files that are not there, or are there with other contents: by their paths, with their text. */
export function problemsIn(sources: ReadonlyMap<string, string>): string[] {
  const { config } = readConfigFile(join(project, 'tsconfig.json'), (path) => sys.readFile(path)) as { config: object };
  const { options } = parseJsonConfigFileContent(config, sys, project);
  const settings = { ...options, noUnusedLocals: false, noEmit: true, incremental: false, tsBuildInfoFile: undefined };
  const host = createCompilerHost(settings);
  const [getSourceFile, fileExists, readFile] = [host.getSourceFile.bind(host), host.fileExists.bind(host), host.readFile.bind(host)];
  host.getSourceFile = (name, ...rest) => (sources.has(name) ? createSourceFile(name, sources.get(name)!, ScriptTarget.ES2022) : getSourceFile(name, ...rest));
  host.fileExists = (name) => sources.has(name) || fileExists(name);
  host.readFile = (name) => sources.get(name) ?? readFile(name);
  delete host.directoryExists; // the folders of the pages do not exist
  const program = createProgram([...sources.keys()], settings, host);
  return [...sources.keys()].map((name) => program.getSourceFile(name)!).flatMap((source) =>
    [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ start, messageText }) => {
      const { line } = source.getLineAndCharacterOfPosition(start ?? 0);
      const problem = flattenDiagnosticMessageText(messageText, '\n').split('\n');
      return `${source.fileName.replace(`${project}/`, '')}: ${problem[0]!} … ${problem.at(-1)!.trim()}: ${source.text.split('\n')[line]!.trim()}`;
    }));
}
