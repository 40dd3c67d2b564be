import { compare, minVersion, type SemVer } from 'semver';
import type { Change, FieldChange } from '../changes';
import { subjectTitle } from '../output/wording';
import type { Consequence, Rule } from './consequence';
import { factOf, type World } from './world';

const MAJOR: Rule = { text: 'a new major version may change what it expects of its values and of what it has stored', link: 'https://semver.org/#spec-item-8' };
const BACKWARDS: Rule = { text: 'an older version of a chart meets what a newer one has stored; Helm does not check that', link: 'https://fluxcd.io/flux/components/helm/helmreleases/' };

/** Charts, and artifacts that are fetched by their version, that go back or to another major version. */
export function changedReleases({ changes }: World): Consequence[] {
  return changes.flatMap((change) => change.fields.flatMap((field): Consequence[] => {
    const { before, after } = change;
    if (!isRelease(change, field) || before!.appliers.length === 0 || after!.appliers.length === 0) return [];
    const [was, is] = [field.before, field.after].map(lowestOf);
    if (was === undefined || is === undefined) return [];
    const order = compare(is, was);
    if (order === 0 || (order > 0 && is.major === was.major)) return [];
    const text = `${String(field.before)} → ${String(field.after)}`;
    return [{
      class: order < 0 ? 'release-backwards' : 'release-major', severity: 'warning',
      title: order < 0 ? `takes ${subjectTitle(change.subject)} back to an older version: ${text}` : `takes ${subjectTitle(change.subject)} to another major version: ${text}`,
      affected: [], evidence: { changes: [change], facts: [factOf(change, field)], rule: order < 0 ? BACKWARDS : MAJOR }, appliers: after!.appliers, advice: [],
    }];
  }));
}

const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  HelmRelease: ['spec.chart.spec.version'],
  HelmChart: ['spec.version'],
  OCIRepository: ['spec.ref.tag', 'spec.ref.semver'],
  GitRepository: ['spec.ref.tag', 'spec.ref.semver'],
};

function isRelease({ subject }: Change, { path, type }: FieldChange): boolean {
  return subject.type === 'object' && /\.toolkit\.fluxcd\.io$/.test(subject.group) && type === 'changed' && VERSIONS[subject.kind]?.includes(path) === true;
}

/** The lowest version that a version or a range allows; undefined where it says nothing of that, as `*` does. */
function lowestOf(value: unknown): SemVer | undefined {
  if (typeof value !== 'string' || !/\d/.test(value) || /^\s*</.test(value)) return undefined;
  try {
    return minVersion(value, { loose: true }) ?? undefined;
  } catch {
    return undefined; // a name, such as `main-1a2b3c4`
  }
}
