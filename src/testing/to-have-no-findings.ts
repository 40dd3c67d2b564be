import { checkTree } from '../checks/check-tree';
import type { CheckSettings } from '../checks/check-settings';
import { NO_SETTINGS } from '../checks/check-settings';
import { rules } from '../checks/index';
import type { Finding } from '../checks/finding';
import type { MatchResult } from './match-result';
import { subjectOf } from './subject';
import { rendererOf } from './test-renderer';

export interface FindingOptions extends Partial<CheckSettings> {
  /**
   * Whether directories are built by kustomize, as Flux does it; without, some rules cannot be run.
   * @default true
   */
  readonly render?: boolean;
  /**
   * Which rules are run, by id.
   * @default all that need no past
   */
  readonly rules?: readonly string[];
  /**
   * Whether notices count.
   * @default false
   */
  readonly notices?: boolean;
}

export async function toHaveNoFindings(received: unknown, options: FindingOptions = {}): Promise<MatchResult> {
  const { render = true, rules: ids, notices = false, ...settings } = options;
  const { tree } = subjectOf(received);
  const { findings, skipped } = await checkTree({
    tree,
    base: undefined,
    settings: { ...NO_SETTINGS, ...settings },
    rules: rules.filter(({ id, needs }) => needs !== 'base' && (render || needs !== 'render') && (ids?.includes(id) ?? true)),
    unavailable: [],
    builderFor: render ? async (repository, walker) => (await rendererOf(repository, walker)).builder : undefined,
  });
  const counted = findings.filter(({ severity }) => notices || severity !== 'notice');
  // what could not be checked is no pass, unless nothing was looked at that needs it
  const unchecked = skipped.filter((entry) => entry.rules.length > 0);
  return {
    pass: counted.length === 0 && unchecked.length === 0,
    message: () => (counted.length + unchecked.length === 0 ? 'expected findings, and there are none' : [...counted.map(findingText), ...unchecked.map(({ reason, fix }) => `not checked: ${reason}\n  fix: ${fix}`)].join('\n')),
  };
}

function findingText({ file, line, severity, rule, object, message, fix }: Finding): string {
  return `${file}:${line} ${severity} ${rule}: ${object === undefined ? '' : `${object}: `}${message}\n  fix: ${fix}`;
}
