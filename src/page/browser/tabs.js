import { byId } from './element.js';
import { page } from './page-data.js';
import { showDrawing } from './drawing.js';

function tabs() {
  return /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll('[role=tab]')]);
}

/** One view at a time; the arrow keys go from tab to tab. */
export function startTabs() {
  const all = tabs();
  all.forEach((tab, index) => {
    tab.addEventListener('click', () => showPanel(panelOf(tab)));
    tab.addEventListener('keydown', ({ key }) => {
      const next = key === 'ArrowRight' ? all[(index + 1) % all.length] : key === 'ArrowLeft' ? all.at(index - 1) : undefined;
      if (next === undefined) return;
      showPanel(panelOf(next));
      next.focus();
    });
  });
  const choice = /** @type {HTMLSelectElement} */ (byId('cluster'));
  choice.addEventListener('change', showCluster);
  document.getElementById('touched')?.addEventListener('change', (event) => {
    document.body.classList.toggle('only-touched', event.target instanceof HTMLInputElement && event.target.checked);
  });
  for (const section of document.querySelectorAll('.panel')) section.setAttribute('role', 'tabpanel');
  const isSmall = page.clusters.length === 1 && (page.clusters[0]?.boxes.length ?? 0) > 0 && (page.clusters[0]?.boxes.length ?? 0) <= 60;
  showPanel(page.subject === 'diff' ? 'changes' : isSmall ? 'drawing' : 'waves');
}

/** @param {string} name */
export function showPanel(name) {
  for (const tab of tabs()) {
    const isChosen = panelOf(tab) === name;
    tab.setAttribute('aria-selected', String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    byId(panelOf(tab)).classList.toggle('chosen', isChosen);
  }
  document.body.dataset['panel'] = name;
  if (name === 'drawing') showDrawing(chosenCluster() ?? 0);
}

/** @param {string} name */
export function isPanel(name) {
  return document.body.dataset['panel'] === name;
}

function chosenCluster() {
  const { value } = /** @type {HTMLSelectElement} */ (byId('cluster'));
  return value === '' ? undefined : Number(value);
}

function showCluster() {
  const chosen = chosenCluster();
  for (const section of document.querySelectorAll('.cluster')) section.classList.toggle('left-out', chosen !== undefined && section.getAttribute('data-cluster') !== String(chosen));
  if (isPanel('drawing')) showDrawing(chosen ?? 0);
}

/** @param {HTMLElement} tab */
function panelOf(tab) {
  return tab.getAttribute('aria-controls') ?? '';
}
