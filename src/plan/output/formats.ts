import type { Plan } from '../plan';
import { formatJson } from './json';
import { formatMarkdown } from './markdown';
import { formatText } from './text';

/** What `--format` takes. */
export const planFormats: readonly string[] = ['text', 'json', 'markdown'];

export function formatPlan(plan: Plan, format: string, colours: boolean): string {
  if (format === 'json') return formatJson(plan);
  return format === 'markdown' ? formatMarkdown(plan) : formatText(plan, colours);
}
