import type { Finding, Skipped } from '../finding';
import { SEVERITIES, type CheckReport } from './check-report';

/** What `--format json` prints. Fields may be added, and none changes its meaning. */
interface JsonReport {
  readonly version: 1;
  readonly summary: Readonly<Record<'errors' | 'warnings' | 'notices' | 'suppressed' | 'files' | 'objects' | 'kustomizations' | 'clusters' | 'rules', number>>;
  readonly findings: readonly Finding[];
  readonly skipped: readonly Skipped[];
}

/** For programs: all there is, by file and line. */
export function formatJson({ result }: CheckReport): string {
  const { findings, skipped, suppressed, counts } = result;
  const [errors = 0, warnings = 0, notices = 0] = SEVERITIES.map((severity) => findings.filter((finding) => finding.severity === severity).length);
  const report: JsonReport = { version: 1, summary: { errors, warnings, notices, suppressed, ...counts }, findings, skipped };
  return JSON.stringify(report, null, 2);
}
