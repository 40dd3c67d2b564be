import type { BrokenFile } from '../../model/repository';
import type { Report, Rule } from '../rule';

export const fileUnreadable: Rule = {
  id: 'file-unreadable',
  severity: 'error',
  why: 'A file that Go cannot read fails the whole Kustomization that it belongs to, and nothing in it can be checked.',
  example: `metadata:
  name: server
  name: web # a key may stand there once`,
  fix: 'mend the file',
  link: 'https://yaml.org/spec/1.2.2/',

  *find({ repository, clusters }) {
    const applied = new Set(clusters.flatMap(({ kustomizations }) => kustomizations.flatMap(({ files }) => [...files])));
    for (const broken of repository.broken) yield reportOf(broken, applied.has(broken.path));
  },
};

/** The error begins with the file, and the line if that is known; a report has them of its own. */
function reportOf({ path, error }: BrokenFile, isApplied: boolean): Report {
  const rest = error.problem.startsWith(path) ? error.problem.slice(path.length) : ` ${error.problem}`;
  const match = /^:(\d+):? ?([^]*)$/.exec(rest);
  return {
    at: { file: path, line: match === null ? 1 : Number(match[1]) },
    message: (match === null ? rest : match[2]!).trim(),
    fix: error.fix === '' ? undefined : error.fix,
    severity: isApplied ? 'error' : 'warning',
  };
}
