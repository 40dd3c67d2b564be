import { Worker } from 'node:worker_threads';
import { UserError } from '../../errors';
import type { Graph } from '../graph';
import { formatDot } from './dot';

/** More than anybody can look at, and than Graphviz lays out in a few minutes. */
const MOST_PARTS = 8000;

/** Where everything hangs on everything, even a small graph takes for ever. */
const PATIENCE = 90_000;

/**
 * Drawn by Graphviz, which is brought along: no program, no network.
 * @param patience how long it may take, in milliseconds
 * @throws UserError `usage` for a graph that is too large, or too entangled, to be drawn
 */
export async function formatSvg(graph: Graph, patience = PATIENCE): Promise<string> {
  const { nodes, edges } = graph;
  if (nodes.length + edges.length > MOST_PARTS) throw tooMuch(graph);
  const answer = await draw(formatDot(graph), patience);
  if (answer === undefined) throw tooMuch(graph);
  return answer.slice(answer.indexOf('<svg')).trimEnd();
}

/** In a thread of its own, which can be ended; undefined where that was necessary. */
async function draw(dot: string, patience: number): Promise<string | undefined> {
  const worker = new Worker(DRAWING, { eval: true, workerData: { dot, viz: require.resolve('@viz-js/viz') } });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<string | undefined>((resolve, reject) => {
      timer = setTimeout(() => resolve(undefined), patience);
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

const DRAWING = `
const { parentPort, workerData } = require('node:worker_threads');
require(workerData.viz).instance().then((viz) => parentPort.postMessage(viz.renderString(workerData.dot, { format: 'svg', engine: 'dot' })));
`;

function tooMuch({ nodes, edges }: Graph): UserError {
  return new UserError('usage', `the graph has ${nodes.length} nodes and ${edges.length} edges, which is too much for one drawing`, 'draw less of it: --cluster, --focus; or write --format dot or json');
}
