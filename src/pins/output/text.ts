import { visible } from '../../visible';
import type { ReportedPin } from '../pins-report';

/** A pin on three lines: where and what, who set it, and what its policy would select. */
export function formatPins(pins: readonly ReportedPin[], showTime: (time: number) => string): string {
  return pins.map((pin) => [titleOf(pin), `  ${originOf(pin, showTime)}`, `  ${ruleOf(pin)}`].join('\n')).join('\n');
}

function titleOf({ pin, state }: ReportedPin): string {
  const policy = `${pin.setter!.policy}${pin.setter!.part === undefined ? '' : `:${pin.setter!.part}`}`;
  const branch = pin.branch === undefined ? '' : `, of the branch ${pin.branch}`;
  return visible(`${pin.file}:${pin.line} ${pin.value} (${policy}${branch})${state === 'followed' ? '' : ` ${state}`}`);
}

function originOf({ set }: ReportedPin, showTime: (time: number) => string): string {
  if (set === undefined) return 'not committed';
  const { commit, by } = set;
  return visible(`set ${showTime(commit.committed)} by ${commit.author.name}, a ${by.type}: ${commit.id.slice(0, 7)} ${commit.subject}`);
}

function ruleOf({ pin, rule, fits }: ReportedPin): string {
  if (rule === undefined) return visible(`no ImagePolicy ${pin.setter!.policy} in this tree says what it selects`);
  const tag = pin.setter!.part === 'digest' ? '' : fits === undefined ? '; whether this tag fits cannot be told' : fits ? '; this tag fits' : '; this tag does not fit';
  return visible(`the policy selects ${rule.text}${tag}`);
}
