import { GitopsApp, type GitopsAppProps } from './app/gitops-app';
import { Tree } from './tree/tree';

/**
 * An app for tests: `test` by name, with a tree that is never published.
 *
 * @example
 * expect.addSnapshotSerializer(treeSerializer);
 * const app = testApp();
 * new NamespaceDirectory(app, 'web');
 * expect(app.toTree()).toMatchSnapshot();
 */
export function testApp(props: Partial<GitopsAppProps> = {}): GitopsApp {
  return new GitopsApp({ name: 'test', ...props });
}

/** The files of a tree, or of one folder of it, one after the other, as a reviewer reads them. */
export function treeText(tree: Tree, folder = ''): string {
  return [...tree]
    .filter(({ path }) => folder === '' || path.startsWith(`${folder}/`))
    .map((file) => `--- ${file.path}\n${file.type === 'manifests' ? file.text : `${file.bytes.length} bytes\n`}`)
    .join('');
}

/** Prints trees readably in snapshots of jest and vitest. */
export const treeSerializer = {
  test: (value: unknown): boolean => value instanceof Tree,
  print: (value: unknown): string => treeText(value as Tree),
};
