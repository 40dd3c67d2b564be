import { plural } from '../../plan/output/words';
import type { Page, PageEntry } from '../page';
import { html, type Markup } from './markup';

/** So many fields of a change stand in the list; all of them where it is opened. */
const MOST_FIELDS = 4;

/** What changed, under what applies it. */
export function changesPanel({ groups, entries }: Page): Markup {
  return html`<h2>Changes</h2>
${groups.length === 0 && html`<p class="quiet">No object differs.</p>`}
${groups.map(({ title, entries: own }) => html`<section class="group"><h3>${title}</h3>
<ul class="rows">${own.map((id) => change(id, entries[id]!))}</ul></section>`)}`;
}

function change(id: number, { type, title, place, from, more, isEncrypted, fields, findings }: PageEntry): Markup {
  return html`<li><a class="row" id="c${id}" href="#c${id}"><span class="sign ${type}">${type}</span> <span class="title">${title}</span>${findings.length > 0 && html` <span class="count findings">${plural(findings.length, 'finding')}</span>`}
<span class="place">${place}</span>
${from !== undefined && html`<span class="from">from ${from}</span>`}
${isEncrypted && html`<span class="quiet">encrypted: values are not shown</span>`}
${more !== '' && html`<span class="same">${more}</span>`}
${fields.length > 0 && html`<span class="fields">${fields.slice(0, MOST_FIELDS).map(({ type: what, path, text }) => html`<span class="field ${what}"><code>${path}</code> <code class="value">${text}</code></span>`)}${fields.length > MOST_FIELDS && html`<span class="quiet">and ${fields.length - MOST_FIELDS} more</span>`}</span>`}
</a></li>`;
}
