import type { UserError } from '../../errors';
import { isSetAside } from '../../model/set-aside';
import { referencesOf, resolveTarget } from '../../model/kustomization-file';
import type { Repository } from '../../model/repository';
import type { CheckContext } from '../check-context';
import type { Rule } from '../rule';
import { reachedFiles } from '../reached-files';

export const yamlInvalid: Rule = {
  id: 'yaml-invalid',
  severity: 'error',
  why: 'One file that is not valid YAML keeps everything of its Kustomization from being applied.',
  example: `metadata:
  name: web
   labels: {} # one space too many`,
  fix: 'mend the YAML',
  link: 'https://yaml.org/spec/1.2.2/',

  *find(context) {
    const reached = reachedFiles(context);
    for (const [file, { problem, fix }] of problems(context)) {
      const isReached = reached.has(file);
      if (!isReached && isSetAside(file)) continue;
      const [, line = '1', text] = /^(?::(\d+))?(?::\d+)?:? (.*)$/s.exec(problem.startsWith(file) ? problem.slice(file.length) : ` ${problem}`) ?? [];
      yield { at: { file, line: Number(line) }, message: `this file ${oneLine(text ?? problem)}`, fix, severity: isReached || holdsFlux(context, file) ? 'error' : 'notice' };
    }
  },
};

/** What holds Flux Kustomizations may be an entry point, which nothing reaches. */
function holdsFlux({ repository }: CheckContext, path: string): boolean {
  const file = repository.tree.get(path);
  return file?.type === 'manifests' && /^apiVersion: ["']?kustomize\.toolkit\.fluxcd\.io\//m.test(file.text);
}

function problems(context: CheckContext): ReadonlyMap<string, UserError> {
  const { repository } = context;
  const found = new Map<string, UserError>();
  for (const { path, error } of repository.broken) found.set(path, error);
  for (const path of reachedFiles(context)) {
    const error = repository.errorIn(path);
    if (error !== undefined) found.set(path, error);
  }
  for (const path of dataOnly(repository)) found.delete(path);
  return found;
}

/** What only generators read may be anything. */
function dataOnly(repository: Repository): ReadonlySet<string> {
  const inputs = new Set<string>();
  const manifests = new Set<string>();
  for (const kustomization of repository.kustomizations.values()) {
    for (const { target, role } of referencesOf(kustomization)) {
      const path = resolveTarget(kustomization.directory, target);
      if (path !== undefined) (role === 'inputs' ? inputs : manifests).add(path);
    }
  }
  for (const path of manifests) inputs.delete(path);
  return inputs;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
