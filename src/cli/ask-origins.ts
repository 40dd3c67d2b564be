import { join, relative, sep } from 'node:path';
import { UserError } from '../errors';
import type { AppOrigins, ConstructOrigin } from '../app/origins';
import type { MadeFile } from '../why/explain-line';
import type { MadeBy } from '../why/answer';
import type { Terminal } from './command';
import { askApp, findProject, type Project } from './project';

/** What the app makes of a file, or why it says nothing. */
export interface AskedOrigin {
  readonly made: MadeFile | undefined;
  readonly silence: string | undefined;
}

/**
 * Asks the app of the project around a folder what makes some files.
 * @param app a command to run in place of the one that cdk8s.yaml names
 * @returns by path as it was asked
 */
export async function askOrigins(terminal: Terminal, app: string | undefined, root: string, files: readonly string[]): Promise<(file: string) => AskedOrigin> {
  const project = projectOf(terminal, app);
  if (project === undefined) return () => ({ made: undefined, silence: 'no cdk8s.yaml up from here names an app to ask' });
  const { CDK8S_OUTDIR: _, ...environment } = terminal.environment;
  const settings = JSON.stringify({ list: 'origins', files: files.map((file) => join(root, file)) });
  let answer: string;
  try {
    answer = await askApp(project, { ...environment, FLUXWRIGHT_SYNTH: settings }, terminal);
  } catch (error) {
    if (!UserError.is(error)) throw error;
    terminal.say(`the app could not be asked: ${error.problem}`);
    return () => ({ made: undefined, silence: `the app could not be asked: ${error.problem}` });
  }
  const apps = answer.trim().split('\n').map((line) => JSON.parse(line) as AppOrigins & { readonly root: string });
  return (file) => {
    for (const one of apps) {
      const found = one.files.find(({ path }) => join(one.root, path) === join(root, file));
      if (found !== undefined) return { made: { ...found, documents: found.documents.map(made), entries: found.entries.map((entry) => ({ ...entry, construct: made(entry.construct) })), construct: found.construct === undefined ? undefined : made(found.construct) }, silence: undefined };
    }
    return { made: undefined, silence: `"${project.app}" makes ${apps.map((one) => one.project).join(', ')}; --app runs another` };
  };

  function made({ path, type, places }: ConstructOrigin): MadeBy {
    return { path, type, places: places.map((place) => ({ file: relative(project!.directory, place.file).split(sep).join('/'), line: place.line })) };
  }
}

function projectOf({ directory }: Terminal, app: string | undefined): Project | undefined {
  try {
    const project = findProject(directory);
    return app === undefined ? project : { ...project, app };
  } catch (error) {
    if (!UserError.is(error)) throw error;
    return app === undefined ? undefined : { directory, app };
  }
}
