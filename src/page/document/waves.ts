import { plural } from '../../plan/output/words';
import type { Page, PageCluster } from '../page';
import { html, type Markup } from './markup';

/** Clusters with their Kustomizations in the order in which these come up. */
export function wavesPanel(page: Page): Markup {
  return html`<h2>Waves</h2>
<p class="quiet">Flux brings a cluster up in waves: those of one wave in parallel, each after what it waits for. <span class="needs-script">Choose one to see what comes before it and what needs it.</span></p>
${page.clusters.length === 0 && html`<p class="quiet">No cluster is found: no directory has what flux bootstrap writes.</p>`}
${page.clusters.map((cluster, index) => clusterSection(page, cluster, index))}`;
}

function clusterSection(page: Page, { headline, waves, never }: PageCluster, index: number): Markup {
  return html`<section class="cluster" data-cluster="${index}"><h3>${headline}</h3>
<ol class="waves">
${waves.map((ids, wave) => html`<li class="wave"><h4>Wave ${wave + 1} <span class="quiet">${ids.length}</span></h4><div class="chips">${ids.map((id) => chip(page, id))}</div></li>`)}
${never.length > 0 && html`<li class="wave never"><h4>Never ready <span class="quiet">${never.length}</span></h4><div class="chips">${never.map((id) => chip(page, id))}</div></li>`}
</ol></section>`;
}

function chip({ kustomizations, findings: all }: Page, id: number): Markup {
  const { name, path, why, failure, entries, findings, isCritical, objects } = kustomizations[id]!;
  const isAlarming = why !== undefined || failure !== undefined;
  const serious = findings.filter((one) => all[one]!.severity !== 'notice').length;
  return html`<a class="chip${isAlarming && ' alarming'}${entries.length > 0 && ' touched'}${isCritical && ' critical'}" id="k${id}" href="#k${id}"><span class="title">${name}</span> <span class="place">${path === '' ? 'of another repository' : path}</span>
<span class="counts">${plural(objects.length, 'object')}${entries.length > 0 && html` <span class="count changes">${plural(entries.length, 'change')}</span>`}${serious > 0 && html` <span class="count findings">${plural(serious, 'finding')}</span>`}${isCritical && html` <span class="count quiet">critical path</span>`}</span>${isAlarming && html`<span class="why">${why ?? failure}</span>`}</a>`;
}
