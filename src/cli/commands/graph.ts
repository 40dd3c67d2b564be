import { writeFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { UserError } from '../../errors';
import { examples, ExitCode, type Command, type Terminal } from '../command';

interface GraphOptions {
  readonly cluster?: string;
  readonly focus?: string;
  readonly at?: string;
  readonly format?: string;
  readonly output?: string;
  readonly render: boolean;
}

/** GitHub and others draw no more than that of Mermaid. */
const MOST_MERMAID_EDGES = 500;

export const graph: Command = {
  summary: 'draw what Flux applies, and what waits for what',

  configure(command) {
    command
      .option('--cluster <name>', 'one cluster, named by the path of its entry point')
      .option('--focus <kustomization>', 'what comes before a Flux Kustomization, and what needs it, alone')
      .option('--format <format>', 'mermaid, dot, json, svg, or html: a page to look at (default: by the end of the file, else mermaid)')
      .option('--output <file>', 'write it into a file')
      .option('--at <revision>', 'as of a commit, a tag or a branch, instead of what lies on the disk')
      .option('--no-render', 'look at the files as they are written, without kustomize')
      .addHelpText('after', examples(
        ['a picture of one cluster', 'fluxwright graph --cluster clusters/production --output production.svg'],
        ['a page with the waves, what is applied, and what check finds', 'fluxwright graph --output graph.html'],
        ['what "apps" needs, and what needs it, for a README', 'fluxwright graph --focus apps'],
      ));
  },

  async run(terminal: Terminal, parameters: unknown): Promise<ExitCode> {
    const { cluster, focus, at, output, render, ...options } = parameters as GraphOptions;
    const { graphFormats } = require('../../graph/output/formats') as typeof import('../../graph/output/formats'); // loaded late: --help does without
    const { focusOn } = require('../../graph/focus') as typeof import('../../graph/focus');
    const { makeGraph } = require('../../graph/make-graph') as typeof import('../../graph/make-graph');
    const { openClusters } = require('../open-clusters') as typeof import('../open-clusters');
    const { openRepository } = require('../open-repository') as typeof import('../open-repository');
    const { clustersNamed } = require('../render-targets') as typeof import('../render-targets');

    const name = options.format ?? FORMATS[extname(output ?? '').toLowerCase()] ?? 'mermaid';
    const format = Object.hasOwn(graphFormats, name) ? graphFormats[name] : undefined;
    if (format === undefined && name !== 'html') throw new UserError('usage', `there is no format ${JSON.stringify(name)}`, `take one of ${[...Object.keys(graphFormats), 'html'].join(', ')}`);
    const context = await openClusters(terminal, openRepository(terminal, undefined, at).tree, render);
    const clusters = clustersNamed(context.clusters, cluster);
    const whole = makeGraph(context, clusters);
    const shown = focus === undefined ? whole : focusOn(whole, focus);
    if (name === 'mermaid' && shown.edges.length > MOST_MERMAID_EDGES) terminal.say(`the graph has ${shown.edges.length} edges, and most of what draws Mermaid stops at ${MOST_MERMAID_EDGES}: draw less of it with --cluster or --focus, or a picture with --format svg`);
    const { graphPage } = require('../write-page') as typeof import('../write-page');
    const text = await (format?.(shown) ?? graphPage(context, clusters, shown));
    if (output === undefined) terminal.print(text);
    else write(resolve(terminal.directory, output), text);
    return shown.nodes.some(({ state }) => state !== 'fine') ? ExitCode.found : ExitCode.ok;
  },
};

const FORMATS: Readonly<Record<string, string>> = { '.svg': 'svg', '.html': 'html', '.htm': 'html', '.dot': 'dot', '.gv': 'dot', '.json': 'json', '.mmd': 'mermaid', '.mermaid': 'mermaid' };

function write(file: string, text: string): void {
  try {
    writeFileSync(file, `${text}\n`);
  } catch (error) {
    throw new UserError('write-failed', `${file} cannot be written: ${(error as Error).message}`, 'name a file in a folder that is there');
  }
}
