import { byId, element } from './element.js';
import { go } from './detail.js';
import { find, searchItems } from './search-index.js';

const MOST_RESULTS = 50;

/** The search box with its list: arrow keys choose, Enter opens, Esc closes. */
export function startSearch() {
  const input = /** @type {HTMLInputElement} */ (byId('search'));
  const list = byId('results');
  let chosen = -1;
  const options = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll('[role=option]')]);
  /** @param {number} index */
  const choose = (index) => {
    const all = options();
    chosen = all.length === 0 ? -1 : (index + all.length) % all.length;
    all.forEach((option, at) => option.setAttribute('aria-selected', String(at === chosen)));
    if (chosen >= 0) {
      input.setAttribute('aria-activedescendant', `result-${chosen}`);
      all[chosen]?.scrollIntoView({ block: 'nearest' });
    } else input.removeAttribute('aria-activedescendant');
  };
  const show = () => {
    const { found, count } = find(input.value, MOST_RESULTS);
    list.hidden = input.value.trim() === '';
    input.setAttribute('aria-expanded', String(!list.hidden));
    list.replaceChildren(
      ...found.map((item, index) => element('div', { role: 'option', id: `result-${index}`, 'data-address': item.address, 'aria-selected': 'false' },
        element('span', { class: 'kind' }, item.kind), ' ', element('span', { class: 'title' }, item.title), ' ', element('span', { class: 'place' }, item.note))),
      element('p', { class: 'quiet', role: 'status' }, count === 0 ? 'Nothing is called that' : count > found.length ? `${found.length} of ${count}: say more of it` : `${count} found`));
    choose(found.length === 0 ? -1 : 0);
  };
  const hide = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
  };
  /** @param {HTMLElement | undefined} option */
  const open = (option) => {
    if (option === undefined) return;
    hide();
    go(option.dataset['address'] ?? '', input);
  };
  input.addEventListener('input', show);
  input.addEventListener('focus', () => {
    searchItems(); // made while a person still types the first letter
    if (input.value !== '') show();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      choose(chosen + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter') open(options()[chosen]);
    else if (event.key === 'Escape') {
      event.stopPropagation();
      if (list.hidden) input.blur();
      input.value = '';
      hide();
    }
  });
  list.addEventListener('mousedown', (event) => event.preventDefault()); // the box keeps the keyboard
  list.addEventListener('click', (event) => open(/** @type {HTMLElement | undefined} */ (event.target instanceof Element ? event.target.closest('[role=option]') ?? undefined : undefined)));
  input.addEventListener('blur', hide);
}
