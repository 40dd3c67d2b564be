import { formatText, type WhyReport } from './text';

export const formats: Readonly<Record<string, (report: WhyReport) => string>> = { text: formatText, json: formatJson };

/** For programs: everything, times in UTC. */
function formatJson({ answers, traces }: WhyReport): string {
  return JSON.stringify({ answers, ...(traces.length === 0 ? {} : { traces }) }, (key, value: unknown) => (key === 'authored' || key === 'committed' ? new Date(value as number).toISOString() : value), 2);
}
