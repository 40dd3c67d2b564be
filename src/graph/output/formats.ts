import type { Graph } from '../graph';
import { formatDot } from './dot';
import { formatJson } from './json';
import { formatMermaid } from './mermaid';
import { formatSvg } from './svg';

/** What `--format` takes. */
export const graphFormats: Readonly<Record<string, (graph: Graph) => string | Promise<string>>> = { mermaid: formatMermaid, dot: formatDot, json: formatJson, svg: async (graph) => formatSvg(graph) };
