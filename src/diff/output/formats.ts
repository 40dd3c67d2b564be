import type { Formatter } from './diff-report';
import { formatText } from './text';

/** What `--format` takes. */
export const formats: Readonly<Record<string, Formatter>> = {
  text: formatText,
};
