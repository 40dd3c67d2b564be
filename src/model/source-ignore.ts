import ignore, { type Ignore } from 'ignore';
import { baseName, directoryOf } from '../tree/path';
import { textAt } from './fields';
import type { Repository } from './repository';

/** What source-controller leaves out of every artifact, as far as it is YAML. */
const ALWAYS: ReadonlySet<string> = new Set([
  '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml', 'cloudbuild.yaml', 'codeship-services.yml', 'codeship-steps.yml', '.goreleaser.yml', '.sops.yaml', '.flux.yaml',
]);

const DIRECTORIES = /(^|\/)\.(git|github|circleci)(\/|$)/;

const made = new WeakMap<Repository, (path: string) => boolean>();

/**
 * Whether Flux never sees a file or directory: source-controller leaves it out of the artifact, of itself, by a
 * `.sourceignore` in the tree, or by `spec.ignore` of the GitRepository that Flux was bootstrapped with.
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#excluding-files
 */
export function isLeftOut(repository: Repository, path: string): boolean {
  let matcher = made.get(repository);
  if (matcher === undefined) made.set(repository, (matcher = matcherFor(repository)));
  return matcher(path);
}

/** No path is longer, and of a longer pattern the regular expression would be too large. */
const LONGEST_PATTERN = 4096;

function rulesOf(text: string): Ignore {
  return ignore({ allowRelativePaths: true }).add(text.split(/\r?\n/).filter((pattern) => pattern.length <= LONGEST_PATTERN));
}

function matcherFor({ tree, objects }: Repository): (path: string) => boolean {
  const files = new Map<string, Ignore>();
  for (const file of tree) {
    if (baseName(file.path) === '.sourceignore') files.set(directoryOf(file.path), rulesOf(file.bytes.toString('utf8')));
  }
  const specs = objects.filter(({ group, kind, name }) => group === 'source.toolkit.fluxcd.io' && kind === 'GitRepository' && name === 'flux-system').flatMap(({ data }) => textAt(data, 'spec.ignore') ?? []);
  const bySpec = new Set(specs).size === 1 ? rulesOf(specs[0]!) : undefined;
  return (path) => {
    if (ALWAYS.has(baseName(path)) || DIRECTORIES.test(path)) return true;
    let verdict = false;
    for (const [directory, rules] of files) {
      if (directory !== '' && !path.startsWith(`${directory}/`)) continue;
      const { ignored, unignored } = rules.test(directory === '' ? path : path.slice(directory.length + 1));
      verdict = (verdict || ignored) && !unignored;
    }
    const { ignored, unignored } = bySpec?.test(path) ?? { ignored: false, unignored: false };
    return (verdict || ignored) && !unignored;
  };
}
