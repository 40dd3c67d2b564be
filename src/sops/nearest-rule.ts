import { readSopsRules } from './read-rules';
import { ruleFor, type SopsRule } from './rule';

const NAME = '.sops.yaml';

export interface NearestRule {
  /** The `.sops.yaml`. */
  readonly file: string;
  /** Undefined where it has none for the path: SOPS looks no further. */
  readonly rule: SopsRule | undefined;
}

/**
 * The rule for a path, of the nearest `.sops.yaml`: SOPS looks in its folder, then upwards; undefined where there is none.
 * @param rulesOf the rules of a `.sops.yaml`; undefined for one that is not there
 */
export function nearestRule(path: string, rulesOf: (file: string) => readonly SopsRule[] | undefined): NearestRule | undefined {
  for (let end = path.lastIndexOf('/'); ; end = path.lastIndexOf('/', end - 1)) {
    const file = `${path.slice(0, end + 1)}${NAME}`;
    const rules = rulesOf(file);
    if (rules !== undefined) return { file, rule: ruleFor(rules, path.slice(end + 1)) };
    if (end < 0) return undefined;
  }
}

/** The rules of the `.sops.yaml` that a tree has, for `nearestRule`. */
export function rulesIn(tree: { get(path: string): { readonly bytes: Buffer } | undefined }): (file: string) => readonly SopsRule[] | undefined {
  return (file) => {
    const found = tree.get(file);
    return found === undefined ? undefined : readSopsRules(found.bytes.toString('utf8'));
  };
}
