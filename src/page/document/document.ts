import { createHash } from 'node:crypto';
import { plural } from '../../plan/output/words';
import { earlyScript, pageScript, pageStyle } from '../assets';
import type { Page, PageTexts } from '../page';
import { changesPanel } from './changes';
import { consequencesSection } from './consequences';
import { findingsPanel } from './findings';
import { html, json, trusted, type Markup } from './markup';
import { wavesPanel } from './waves';

/**
 * A whole page as one file: readable as it is, more with its program. What a person sees first stands first, the long texts
 * last. Its policy lets it load nothing, run nothing but its own program, and make no markup out of text.
 */
export function pageDocument(page: Page, texts: PageTexts): string {
  const [style, early, script] = [pageStyle(), earlyScript(), pageScript()];
  const policy = `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(early)}' '${hashOf(script)}'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${titleOf(page)}</title>
<style>${trusted(style)}</style>
<script>${trusted(early)}</script>
</head>
<body data-subject="${page.subject}">
<a class="skip" href="#content">To the content</a>
${header(page)}
<main id="content">
${summary(page)}
${consequencesSection(page)}
${explorer(page)}
</main>
<footer class="quiet needs-script"><kbd>/</kbd> search <kbd>↑</kbd> <kbd>↓</kbd> move <kbd>Enter</kbd> open <kbd>Esc</kbd> back</footer>
<script type="application/json" id="page">${json(page)}</script>
${page.clusters.map((_, index) => texts.drawings[index] !== undefined && html`<template id="drawing-${index}">${trusted(texts.drawings[index]!)}</template>\n`)}
${texts.entries.map((versions, index) => versions !== undefined && html`<script type="application/json" id="versions-${index}">${json(versions)}</script>\n`)}
${texts.objects.map((own, index) => own !== undefined && html`<script type="application/json" id="objects-${index}">${json(own)}</script>\n`)}
<script>${trusted(script)}</script>
</body>
</html>`.markup;
}

function titleOf({ title, sides, summary: sum }: Page): string {
  return sides === undefined ? `${title}: ${sum}` : `${title}: ${sum}, from ${sides.before} to ${sides.after}`;
}

function header({ title }: Page): Markup {
  return html`<header class="bar">
<p class="brand">${title}</p>
<div class="search needs-script" role="search">
<input id="search" type="search" placeholder="Search" aria-label="Search objects, Kustomizations, changes, images and findings" role="combobox" aria-expanded="false" aria-controls="results" aria-autocomplete="list" autocomplete="off" spellcheck="false">
<kbd aria-hidden="true">/</kbd>
<div id="results" role="listbox" aria-label="Found" hidden></div>
</div>
<button id="theme" class="needs-script" type="button">Theme: system</button>
</header>`;
}

function summary({ sides, summary: sum, scope, consequences, findings, notes }: Page): Markup {
  const severities = (['danger', 'warning', 'notice'] as const).map((severity) => ({ severity, count: consequences.filter((one) => one.severity === severity).length })).filter(({ count }) => count > 0);
  const serious = findings.filter(({ severity }) => severity !== 'notice').length;
  return html`<section id="summary">
<h1>${sum}</h1>
${sides !== undefined && html`<p class="sides"><code>${sides.before}</code> → <code>${sides.after}</code></p>`}
<p>${severities.map(({ severity, count }) => html`<span class="severity ${severity}">${count} ${severity}</span> `)}${serious > 0 && html`<span class="count findings">${plural(serious, 'finding')} of check</span> `}${scope !== '' && html`<span class="quiet">${scope}</span>`}</p>
${notes.length > 0 && html`<details class="notes"><summary>${plural(notes.length, 'thing')} could not be found out</summary><ul>${notes.map(({ problem, fix }) => html`<li>${problem} <span class="fix">fix: ${fix}</span></li>`)}</ul></details>`}
</section>`;
}

/** One panel below the other without the program; with it, one at a time, and beside it what a person has opened. */
function explorer(page: Page): Markup {
  const panels: readonly (readonly [name: string, title: string, content: Markup])[] = [
    ...(page.subject === 'diff' ? [['changes', `Changes (${page.entries.length})`, changesPanel(page)] as const] : []),
    ['waves', 'Waves', wavesPanel(page)],
    ['drawing', 'Graph', html`<h2>Graph</h2><div id="canvas"></div>`],
    ['findings', `Findings (${page.findings.length})`, findingsPanel(page)],
  ];
  return html`<div class="toolbar needs-script"><div role="tablist" aria-label="Views">${panels.map(([name, title]) => html`<button role="tab" type="button" id="tab-${name}" aria-controls="${name}" aria-selected="false" tabindex="-1">${title}</button>`)}</div>
<label class="choice" id="cluster-choice"${page.clusters.length < 2 && html` hidden`}>Cluster <select id="cluster">${page.clusters.length > 1 && html`<option value="">all</option>`}${page.clusters.map(({ name }, index) => html`<option value="${index}">${name}</option>`)}</select></label>
${page.subject === 'diff' && html`<label class="choice" id="touched-choice"><input type="checkbox" id="touched"> only what changes</label>`}</div>
<div class="explorer">
<div class="panels">${panels.map(([name, , content], index) => html`<section class="panel${index === 0 && ' chosen'}${name === 'drawing' && ' needs-script'}" id="${name}" aria-labelledby="tab-${name}">${content}</section>`)}</div>
<section id="detail" aria-label="Details" tabindex="-1" hidden></section>
</div>`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
