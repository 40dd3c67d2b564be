import { walkClusters } from '../model/clusters';
import { Repository } from '../model/repository';
import { Walker } from '../model/walk';
import type { Tree } from '../tree/tree';
import type { CheckResult } from './finding';
import { rules } from './index';
import { readSettings } from './read-settings';
import { runChecks } from './run-checks';

/**
 * Runs the rules that need nothing but files as they are written: no kustomize, no past. Fast enough for every synth.
 * @throws UserError `settings-invalid`
 */
export function checkModel(tree: Tree): CheckResult {
  const settings = readSettings(tree, rules.map(({ id }) => id));
  const repository = new Repository(tree);
  const walker = new Walker(repository);
  const context = { repository, walker, clusters: walkClusters(repository, walker), rendered: false, base: undefined, settings };
  return runChecks(context, rules.filter(({ needs }) => needs === undefined));
}
