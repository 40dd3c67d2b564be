import { GitopsApp, type GitopsAppProps } from './app/gitops-app';
import { Directory } from './app/directory';
import { subjectOf } from './testing/subject';
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

/** Prints trees and directories readably in snapshots of jest and vitest: file by file. */
export const treeSerializer = {
  test: (value: unknown): boolean => value instanceof Tree || (typeof value === 'object' && value !== null && Directory.isDirectory(value)),
  print: (value: unknown): string => {
    const { tree, folder } = subjectOf(value);
    return treeText(tree, folder);
  },
};

export { treeMatchers, type TreeMatchers } from './testing/tree-matchers';
export type { ExpectedFiles } from './testing/to-match-tree';
export type { ExpectedRender } from './testing/to-render';
export type { FindingOptions } from './testing/to-have-no-findings';
