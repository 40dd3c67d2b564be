import type { CheckSettings, IgnoredFinding } from '../check-settings';
import type { Finding } from '../finding';
import { matchesObject } from '../object-pattern';
import { pathMatcher } from '../path-pattern';

/** The entries of the settings that a finding falls under. */
export function ignoresFor(finding: Finding, settings: CheckSettings): readonly IgnoredFinding[] {
  return settings.ignore.filter((entry) => entry.rule === finding.rule && coversPath(entry, finding.file) && coversObject(entry, finding.object));
}

export function isIgnoredBySettings(finding: Finding, settings: CheckSettings): boolean {
  return ignoresFor(finding, settings).length > 0;
}

const matchers = new WeakMap<IgnoredFinding, (path: string) => boolean>();

function coversPath(entry: IgnoredFinding, file: string): boolean {
  if (entry.path === undefined) return true;
  let matcher = matchers.get(entry);
  if (matcher === undefined) matchers.set(entry, (matcher = pathMatcher([entry.path])));
  return matcher(file);
}

/** A finding names its object as `Kind namespace/name`. */
function coversObject({ object: pattern }: IgnoredFinding, title: string | undefined): boolean {
  if (pattern === undefined) return true;
  const match = title === undefined ? null : /^(\S+) (?:([^/]*)\/)?(.*)$/.exec(title);
  return match !== null && matchesObject(pattern, { kind: match[1]!, namespace: match[2], name: match[3]! });
}
