import { UserError } from '../../errors';
import type { Graph } from '../graph';
import { formatDot } from './dot';

/** What Graphviz lays out within a minute or so. */
const MOST_PARTS = 8000;

/**
 * Drawn by Graphviz, which is brought along: no program, no network.
 * @throws UserError `usage` for a graph that nobody could look at, and that would take too long to draw
 */
export async function formatSvg(graph: Graph): Promise<string> {
  const parts = graph.nodes.length + graph.edges.length;
  if (parts > MOST_PARTS) throw new UserError('usage', `the graph has ${graph.nodes.length} nodes and ${graph.edges.length} edges, which is too much for one drawing`, 'draw less of it: --cluster, --focus; or write --format dot or json');
  const { instance } = require('@viz-js/viz') as typeof import('@viz-js/viz', { with: { 'resolution-mode': 'import' } }); // loaded late: it is large
  const viz = await instance();
  const svg = viz.renderString(formatDot(graph), { format: 'svg', engine: 'dot' });
  return svg.slice(svg.indexOf('<svg')).trimEnd();
}
