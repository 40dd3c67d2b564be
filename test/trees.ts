import type { GitopsApp } from 'fluxwright';

/** The text of one file of an app's tree. */
export function textOf(app: GitopsApp, path: string): string {
  const file = app.toTree().get(path);
  if (file === undefined) throw new Error(`no ${path} among ${[...app.toTree().paths()].join(', ')}`);
  return file.bytes.toString('utf8');
}

/** All files of an app's tree, by path. */
export function textsOf(app: GitopsApp): Record<string, string> {
  return Object.fromEntries([...app.toTree()].map((file) => [file.path, file.bytes.toString('utf8')]));
}
