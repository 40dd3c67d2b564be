import type { HistoryReport } from './history-report';
import { formatJson } from './json';
import { formatMarkdown } from './markdown';
import { formatText } from './text';

export const formats: Readonly<Record<string, (report: HistoryReport) => string>> = { text: formatText, json: formatJson, markdown: formatMarkdown };
