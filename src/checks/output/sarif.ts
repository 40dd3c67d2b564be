import { createHash } from 'node:crypto';
import type { Finding } from '../finding';
import type { Rule, Severity } from '../rule';
import { isUrl, repositoryPath, type CheckReport } from './check-report';

/** SARIF 2.1.0, as code scanning reads it. */
export function formatSarif(report: CheckReport): string {
  const { result, rules, version } = report;
  const fingerprints = new Fingerprints();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'fluxwright', semanticVersion: version, rules: rules.map(descriptor) } },
      automationDetails: { id: 'fluxwright/check/' },
      invocations: [{
        executionSuccessful: true,
        toolExecutionNotifications: result.skipped.map(({ rules: ids, reason, fix }) => ({ level: 'warning', message: { text: `not checked${ids.length === 0 ? '' : ` ${ids.join(', ')}`}: ${reason}\nfix: ${fix}` } })),
      }],
      columnKind: 'utf16CodeUnits',
      results: result.findings.map((finding) => ({
        ruleId: finding.rule,
        ruleIndex: rules.findIndex(({ id }) => id === finding.rule),
        level: LEVELS[finding.severity],
        message: { text: `${finding.object === undefined ? '' : `${finding.object}: `}${finding.message}\nfix: ${finding.fix}` },
        ...(finding.file === '' ? {} : { locations: [location(finding, report)] }),
        partialFingerprints: fingerprints.of(finding),
        ...(finding.in.length === 0 ? {} : { properties: { in: finding.in } }),
      })),
    }],
  };
  return JSON.stringify(log, null, 2);
}

/** Every rule is told, found or not, so that code scanning closes what is mended. */
function descriptor({ id, severity, why, example, fix, link }: Rule): object {
  return {
    id,
    name: id.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''),
    shortDescription: { text: why },
    fullDescription: { text: why },
    help: { text: `${why}\n\n${example}\n\nFix: ${fix}\n${link}`, markdown: `${why}\n\n\`\`\`yaml\n${example}\n\`\`\`\n\n**Fix:** ${fix}\n\n[Documentation](${link})` },
    helpUri: link,
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { 'problem.severity': PROBLEM_SEVERITIES[severity], precision: 'high', tags: ['flux', 'kubernetes'] },
  };
}

function location({ file, line, object }: Finding, report: CheckReport): object {
  const uri = isUrl(file) ? file : repositoryPath(report, file).split('/').map(encodeURIComponent).join('/');
  return {
    physicalLocation: { artifactLocation: isUrl(file) ? { uri } : { uri, uriBaseId: '%SRCROOT%' }, region: { startLine: Math.max(1, line) } },
    ...(object === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: object, kind: 'object' }] }),
  };
}

/** Tells findings apart without their lines, which shift; those that are alike are numbered in the order of the file. */
class Fingerprints {
  private readonly seen = new Map<string, number>();

  of({ rule, file, object = '', message }: Finding): object {
    const hash = createHash('sha256').update([rule, file, object, message.replace(/:\d+\b/g, '')].join('\0')).digest('hex').slice(0, 32);
    const number = (this.seen.get(hash) ?? 0) + 1;
    this.seen.set(hash, number);
    // the second is the one that GitHub goes by
    return { 'fluxwright/v1': `${hash}:${number}`, primaryLocationLineHash: `${hash}:${number}` };
  }
}

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', notice: 'note' };
const PROBLEM_SEVERITIES: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', notice: 'recommendation' };
