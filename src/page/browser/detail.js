import { byId, element } from './element.js';
import { showOrder } from './board.js';
import { changeView } from './change-view.js';
import { markBox } from './drawing.js';
import { kustomizationView } from './kustomization-view.js';
import { page } from './page-data.js';
import { isPanel, showPanel } from './tabs.js';

/** Where the keyboard was before something was opened. */
let before = /** @type {Element | null} */ (null);

/** Everything that can be opened has an address behind the #, so that going back works, and links can be sent. */
export function startDetail() {
  addEventListener('popstate', () => open(location.hash, false));
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (link === null || link.classList.contains('skip')) return;
    event.preventDefault();
    go(link.getAttribute('href') ?? '', link);
  });
  open(location.hash, false);
}

/**
 * @param {string} address
 * @param {Element | null} from where the keyboard goes back to
 */
export function go(address, from) {
  if (!byId('detail').contains(from)) before = from;
  if (location.hash !== address) history.pushState(null, '', address);
  open(address, true);
}

export function close() {
  if (byId('detail').hidden) return false;
  history.pushState(null, '', '#');
  open('', false);
  if (before instanceof HTMLElement && before.isConnected) before.focus();
  return true;
}

/**
 * @param {string} address
 * @param {boolean} takesFocus
 */
function open(address, takesFocus) {
  const [, letter, number, object] = /^#([kc])(\d+)(?:\.(\d+))?$/.exec(address) ?? [];
  const id = Number(number);
  const view = letter === 'k' ? kustomizationView(id, object === undefined ? undefined : Number(object)) : letter === 'c' ? changeView(id) : undefined;
  const detail = byId('detail');
  for (const one of document.querySelectorAll('[aria-current]')) one.removeAttribute('aria-current');
  showOrder(letter === 'k' ? id : undefined);
  markBox(letter === 'k' ? `k${id}` : undefined);
  detail.hidden = view === undefined;
  document.body.classList.toggle('has-detail', view !== undefined);
  if (view === undefined) return;
  detail.replaceChildren(element('button', { type: 'button', class: 'close', onclick: close }, 'Close'), view);
  detail.scrollTop = 0;
  if (letter === 'c' && isPanel('waves') || letter === 'k' && isPanel('changes') && page.entries.length === 0) showPanel(letter === 'c' ? 'changes' : 'waves');
  const listed = document.getElementById(`${letter}${id}`);
  listed?.setAttribute('aria-current', 'true');
  listed?.scrollIntoView({ block: 'nearest' });
  if (takesFocus) detail.focus({ preventScroll: true });
  const target = detail.querySelector('details.object[open]') ?? detail;
  if (takesFocus || object !== undefined) target.scrollIntoView({ block: target === detail ? 'nearest' : 'start' });
}
