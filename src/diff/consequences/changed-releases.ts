import { compare, minVersion, type SemVer } from 'semver';
import { identityTitle } from '../../model/source-object';
import type { FieldChange } from '../changes';
import type { Consequence, Rule } from './consequence';
import { factOf, isAppliedOnBoth, type Edit, type World } from './world';

const MAJOR: Rule = { text: 'a new major version may change what it expects of its values and of what it has stored', link: 'https://semver.org/#spec-item-8' };
const BACKWARDS: Rule = { text: 'an older version of a chart meets what a newer one has stored; Helm does not check that', link: 'https://fluxcd.io/flux/components/helm/helmreleases/' };

/** Charts, and artifacts that are fetched by their version, that go back or to another major version. */
export function changedReleases({ edits }: World): Consequence[] {
  return edits.flatMap(({ change, object, appliers, fields }) => fields.flatMap((field): Consequence[] => {
    if (!isRelease(object, field) || !isAppliedOnBoth(change)) return [];
    const [was, is] = [field.before, field.after].map(lowestOf);
    if (was === undefined || is === undefined) return [];
    const order = compare(is, was);
    if (order === 0 || (order > 0 && is.major === was.major)) return [];
    const text = `${String(field.before)} → ${String(field.after)}`;
    return [{
      class: order < 0 ? 'release-backwards' : 'release-major', severity: 'warning',
      title: order < 0 ? `takes ${identityTitle(object)} back to an older version: ${text}` : `takes ${identityTitle(object)} to another major version: ${text}`,
      affected: [], evidence: { changes: [change], facts: [factOf(change, field)], rule: order < 0 ? BACKWARDS : MAJOR }, appliers, advice: [],
    }];
  }));
}

const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  HelmRelease: ['spec.chart.spec.version'],
  HelmChart: ['spec.version'],
  OCIRepository: ['spec.ref.tag', 'spec.ref.semver'],
  GitRepository: ['spec.ref.tag', 'spec.ref.semver'],
};

function isRelease({ group, kind }: Edit['object'], { path, type }: FieldChange): boolean {
  return /\.toolkit\.fluxcd\.io$/.test(group) && type === 'changed' && VERSIONS[kind]?.includes(path) === true;
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
