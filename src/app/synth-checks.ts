import { checkModel } from '../checks/check-model';
import type { Finding } from '../checks/finding';
import { UserError } from '../errors';
import { readTree } from '../tree/disk';
import type { File } from '../tree/file';
import { isGenerated } from '../tree/header';
import { Tree } from '../tree/tree';

export interface SynthChecks {
  /** What keeps the tree from being written. */
  readonly errors: readonly UserError[];
  /** What is worth a change, or a reason. */
  readonly warnings: readonly string[];
}

/** What would go wrong with a tree once it is written: it is checked together with what others keep in its directory. */
export function checkSynth(tree: Tree, { root, project, directory }: { readonly root: string; readonly project: string; readonly directory: string }): SynthChecks {
  const { findings } = checkModel(new Tree(withForeign(tree, root, project, directory), 'as-found'));
  return {
    errors: findings.filter(({ severity }) => severity === 'error').map((finding) => new UserError('check-failed', describe(finding, tree), fixOf(finding, tree))),
    warnings: findings.filter(({ severity }) => severity === 'warning').map((finding) => `warning: ${describe(finding, tree)}\n  fix: ${fixOf(finding, tree)}`),
  };
}

function* withForeign(tree: Tree, root: string, project: string, directory: string): Generator<File> {
  const foreign = new Map<string, File>();
  for (const file of foreignFiles(root, directory)) {
    const planned = tree.get(file.path);
    // what this project generated and no longer describes is about to be deleted
    const isLeft = file.type === 'manifests' && isGenerated(file.text, project, file.path);
    if (planned === undefined ? !isLeft : planned.props.placeholder === true) foreign.set(file.path, file);
  }
  for (const file of tree) if (!foreign.has(file.path)) yield file;
  yield* foreign.values();
}

function* foreignFiles(root: string, directory: string): Generator<File> {
  yield* readTree(root, { below: directory });
  if (directory === '') return;
  for (const name of ['.sops.yaml', 'fluxwright.yaml']) {
    const file = readTree(root, { below: name }).get(name);
    if (file !== undefined) yield file;
  }
}

function describe({ file, line, rule, object, message }: Finding, tree: Tree): string {
  const construct = tree.get(file)?.props.claimedBy;
  return `${file}:${line} ${rule}: ${object === undefined ? '' : `${object}: `}${message}${construct === undefined ? '' : ` (made by ${construct})`}`;
}

/** With the construct behind each file that it names. */
function fixOf({ fix }: Finding, tree: Tree): string {
  return fix.replace(/[\w./-]+\.ya?ml\b/g, (path) => {
    const construct = tree.get(path)?.props.claimedBy;
    return construct === undefined ? path : `${path} (${construct})`;
  });
}
