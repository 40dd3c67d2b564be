import type { Formatter } from './diff-report';
import { formatJson } from './json';
import { formatMarkdown } from './markdown';
import { formatText } from './text';

/** What `--format` takes. */
export const formats: Readonly<Record<string, Formatter>> = {
  text: formatText,
  json: formatJson,
  markdown: formatMarkdown,
};
