import type { IConstruct } from 'constructs';
import { hasBrand } from '../app/brand';
import { Directory } from '../app/directory';
import { GitopsApp } from '../app/gitops-app';
import { Tree } from '../tree/tree';

/** What a matcher looks at: a tree, and the folder of it that paths are from. */
export interface Subject {
  readonly tree: Tree;
  /** '' for all of it. */
  readonly folder: string;
}

/**
 * The tree behind what a test expects something of: an app, one of its directories, or a tree.
 * @throws TypeError for anything else, which is a mistake of the test
 */
export function subjectOf(received: unknown): Subject {
  if (received instanceof Tree) return { tree: received, folder: '' };
  if (typeof received === 'object' && received !== null) {
    if (hasBrand(received as IConstruct, 'GitopsApp')) return { tree: (received as GitopsApp).toTree(), folder: '' };
    if (Directory.isDirectory(received)) return { tree: GitopsApp.of(received).toTree(), folder: received.path };
  }
  throw new TypeError('expect(…) needs a GitopsApp, a Directory or a Tree here');
}

/** A path from the subject's folder, from the root. */
export function fromFolder({ folder }: Subject, path: string): string {
  return folder === '' ? path : path === '' ? folder : `${folder}/${path}`;
}
