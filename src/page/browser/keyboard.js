import { byId } from './element.js';
import { close } from './detail.js';

/** `/` searches, the arrow keys go through what is listed, Esc goes back. */
export function startKeyboard() {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { target, key } = event;
    const isTyping = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    if (key === '/' && !isTyping) {
      event.preventDefault();
      const search = /** @type {HTMLInputElement} */ (byId('search'));
      search.focus();
      search.select();
    } else if (key === 'Escape') close();
    else if ((key === 'ArrowDown' || key === 'ArrowUp') && target instanceof HTMLElement && target.matches('.row, .chip')) {
      event.preventDefault();
      neighbour(target, key === 'ArrowDown' ? 1 : -1)?.focus();
    } else if (key === 'ArrowDown' && target === document.body) {
      event.preventDefault();
      listed()[0]?.focus();
    }
  });
}

/** What can be walked through: rows and chips that are in sight, or would be after scrolling. */
function listed() {
  return /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.panel.chosen a.row, .panel.chosen a.chip')]).filter((one) => one.checkVisibility());
}

/**
 * @param {HTMLElement} from
 * @param {number} step
 */
function neighbour(from, step) {
  const all = listed();
  return all[all.indexOf(from) + step];
}
