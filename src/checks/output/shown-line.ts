import type { Finding } from '../finding';
import type { CheckReport } from './check-report';

/** The line of a finding without its indentation; of one that may hold a secret, its key alone, since reports end in logs. */
export function shownLine({ rule: id, file, line, object }: Finding, { rules, lineAt }: CheckReport): string | undefined {
  const text = lineAt(file, line)?.trim();
  if (text === undefined || text === '') return undefined;
  const confidential = object?.startsWith('Secret ') === true || rules.some((rule) => rule.id === id && rule.confidential === true);
  if (!confidential || HARMLESS.test(text)) return text;
  const key = /^(?:- )?[\w./-]{1,253}:(?= )/.exec(text)?.[0];
  return key === undefined ? '…' : `${key} …`;
}

/** What stands around the values of a Secret. */
const HARMLESS = /^(apiVersion|kind|metadata|name|namespace|type|data|stringData|spec):( [\w./-]{0,80})?$/;
