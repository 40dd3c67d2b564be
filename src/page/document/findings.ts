import type { Page, PageFinding } from '../page';
import { html, type Markup } from './markup';

/** Beyond that many, a list is no help; each stands at its object, too. */
const MOST_FINDINGS = 2000;

/** What `check` finds, by file. */
export function findingsPanel({ findings }: Page): Markup {
  const shown = findings.slice(0, MOST_FINDINGS);
  return html`<h2>Findings</h2>
${findings.length === 0 && html`<p class="quiet">fluxwright check finds nothing.</p>`}
<ul class="rows">${shown.map((one, index) => finding(one, index))}</ul>
${findings.length > shown.length && html`<p class="quiet">and ${findings.length - shown.length} more: run fluxwright check</p>`}`;
}

function finding({ severity, place, object, message, fix, rule, kustomizations: [first] }: PageFinding, index: number): Markup {
  const content = html`<span class="severity ${severity}">${severity}</span> <span class="title">${object === '' ? message : `${object}: ${message}`}</span>
<span class="place">${place}</span> <span class="fix">fix: ${fix}</span> <code class="quiet">${rule}</code>`;
  return html`<li>${first === undefined ? html`<div class="row" id="f${index}">${content}</div>` : html`<a class="row" id="f${index}" href="#k${first}" data-finding="${index}">${content}</a>`}</li>`;
}
