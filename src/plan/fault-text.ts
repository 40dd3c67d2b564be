import type { Circle } from './circles';
import type { PlannedFault } from './plan';

/** A longer circle is not read to its end. */
const MOST_LINKS = 10;

/** A circle in words: each with what it waits for. */
export function circleFault({ links }: Circle): PlannedFault {
  const said = links.map(({ subject, reason, what }, index) => {
    const next = links[(index + 1) % links.length]!.subject;
    const whom = next === subject ? 'itself' : next.key;
    return `${subject.key} ${VERBS[reason](whom, what ?? '')}`;
  });
  const reasons = new Set(links.map(({ reason }) => reason));
  return { rule: 'waits-in-circle', message: `waits in a circle: ${said.length <= MOST_LINKS ? said.join('; ') : [...said.slice(0, MOST_LINKS - 1), `and ${said.length - MOST_LINKS + 1} more`].join('; ')}`, fix: fixFor(reasons, links.map(({ subject }) => subject.key)) };
}

const VERBS: Readonly<Record<Circle['links'][number]['reason'], (whom: string, what: string) => string>> = {
  'applied-by': (whom) => `is applied by ${whom}`,
  'depends-on': (whom) => `depends on ${whom}`,
  source: (whom, what) => `needs the ${what}, which ${whom} applies`,
  crd: (whom, what) => `applies a ${what}, whose CRD ${whom} installs`,
  namespace: (whom, what) => `applies into the namespace ${what}, which ${whom} makes`,
  wait: (whom) => `waits until ${whom} is ready`,
  'health-check': (whom) => `checks the health of ${whom}`,
};

function fixFor(reasons: ReadonlySet<string>, keys: readonly string[]): string {
  if (reasons.has('depends-on') && !reasons.has('wait') && !reasons.has('health-check')) return 'drop one of these dependencies';
  if (reasons.has('depends-on')) return 'drop the dependency, since what applies a Kustomization comes before it anyway, or do not wait for it';
  if (reasons.has('crd') || reasons.has('namespace') || reasons.has('source')) return `have a Kustomization of its own bring what is needed, applied beside ${keys[0]!} and not by it`;
  return 'do not wait for one of these';
}

export function missingFault(what: string): PlannedFault {
  return { rule: 'depends-on-missing', message: `depends on the ${what}, which does not exist in this cluster`, fix: 'name one of the same kind and cluster, with its namespace if that is another, or drop the dependency' };
}
