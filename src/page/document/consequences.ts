import { plural } from '../../plan/output/words';
import type { Page, PageConsequence } from '../page';
import { html, type Markup } from './markup';

const MOST_LINKS = 20;
const MOST_OPEN = 5;
/** More would push away what a person came for. */
const MOST_SHOWN = 10;

/** What will happen in the clusters, the worst first: the first dangers lie open. */
export function consequencesSection({ consequences, entries, subject }: Page): Markup | undefined {
  if (subject !== 'diff') return undefined;
  const dangers = consequences.filter(({ severity }) => severity === 'danger').length;
  const shown = Math.max(dangers, MOST_SHOWN); // no danger is ever folded away
  return html`<section id="consequences" aria-labelledby="consequences-title">
<h2 id="consequences-title">${consequences.length === 0 ? 'No consequences found' : 'What will happen'}</h2>
${consequences.length === 0 && html`<p class="quiet">Nothing is deleted, restarted, opened or lowered, as far as the files tell.</p>`}
${consequences.slice(0, shown).map((one, index) => consequence(one, entries, one.severity === 'danger' && index < MOST_OPEN))}
${consequences.length > shown && html`<details class="more"><summary>${countText(consequences.slice(shown))}</summary>${consequences.slice(shown).map((one) => consequence(one, entries, false))}</details>`}
</section>`;
}

/** `3 more warnings and 9 more notices`. */
function countText(left: readonly PageConsequence[]): string {
  return (['warning', 'notice'] as const).map((severity) => ({ severity, count: left.filter((one) => one.severity === severity).length })).filter(({ count }) => count > 0).map(({ severity, count }) => plural(count, `more ${severity}`)).join(' and ');
}

function consequence({ class: name, severity, title, affected, where, facts, rule, advice, entries }: PageConsequence, all: Page['entries'], isOpen: boolean): Markup {
  return html`<details class="consequence ${severity}"${isOpen && html` open`}>
<summary><span class="severity ${severity}">${severity}</span> <span class="title">${title}</span> <code class="quiet">${name}</code></summary>
<div class="inside">
${affected.length > 0 && html`<ul class="affected">${affected.map((text) => html`<li>${text}</li>`)}</ul>`}
<dl>
${where !== '' && html`<dt>Where</dt><dd>${where}</dd>`}
${facts.length > 0 && html`<dt>Since</dt><dd>${facts.map((fact) => html`<div><code>${fact}</code></div>`)}</dd>`}
<dt>Rule</dt><dd>${rule.text} <a href="${rule.link}" rel="noreferrer noopener" target="_blank">documentation</a></dd>
${advice.length > 0 && html`<dt>What to do</dt><dd>${advice.length === 1 ? advice[0] : html`<ol>${advice.map((step) => html`<li>${step}</li>`)}</ol>`}</dd>`}
${entries.length > 0 && html`<dt>Changes</dt><dd>${entries.slice(0, MOST_LINKS).map((entry) => html`<a class="to-change" href="#c${entry}">${all[entry]!.title} ${all[entry]!.type}</a> `)}${entries.length > MOST_LINKS && `and ${entries.length - MOST_LINKS} more`}</dd>`}
</dl>
</div>
</details>`;
}
