import type { MatchResult } from './match-result';
import type { FindingOptions } from './to-have-no-findings';
import type { ExpectedFiles } from './to-match-tree';
import type { ExpectedRender } from './to-render';

/**
 * Matchers for jest and vitest, of apps, directories and trees.
 *
 * @example
 * expect.extend(treeMatchers);
 * expect(app).toMatchTree({ 'k8s/web/service.yaml': 'apiVersion: v1\nkind: Service\n…' });
 * await expect(overlay).toRender('', { 'Deployment web': { spec: { replicas: 3 } } });
 * await expect(app).toHaveNoFindings();
 */
export const treeMatchers = {
  // each is loaded when it is used: a test that needs none starts without the checks
  toMatchTree: (received: unknown, expected: ExpectedFiles): MatchResult => {
    const { toMatchTree } = require('./to-match-tree') as typeof import('./to-match-tree');
    return toMatchTree(received, expected);
  },
  toRender: async (received: unknown, directory: string, expected: ExpectedRender): Promise<MatchResult> => {
    const { toRender } = require('./to-render') as typeof import('./to-render');
    return toRender(received, directory, expected);
  },
  toHaveNoFindings: async (received: unknown, options?: FindingOptions): Promise<MatchResult> => {
    const { toHaveNoFindings } = require('./to-have-no-findings') as typeof import('./to-have-no-findings');
    return toHaveNoFindings(received, options);
  },
};

/** What `treeMatchers` add to `expect`. Jest's types know them by themselves; for vitest, extend its `Assertion` by this. */
export interface TreeMatchers<Result, _Received = unknown> {
  /** The files that are named hold what is given, as data; the others may hold anything. */
  toMatchTree(expected: ExpectedFiles): Result;

  /** Kustomize makes these objects of a directory. Needs a kustomize 5. */
  toRender(directory: string, expected: ExpectedRender): Promise<Result>;

  /** `fluxwright check` finds nothing but notices. Needs a kustomize 5, unless `render` is false. */
  toHaveNoFindings(options?: FindingOptions): Promise<Result>;
}

declare global {
  namespace jest {
    // merged with jest's own, whose parameters these have to be
    interface Matchers<R, T> extends TreeMatchers<R, T> {}
  }
}
