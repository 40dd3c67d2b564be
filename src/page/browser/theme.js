import { byId } from './element.js';

const THEMES = ['system', 'light', 'dark'];

/** The button goes from the system's theme to light to dark, and remembers. */
export function startTheme() {
  const button = byId('theme');
  button.addEventListener('click', () => choose(THEMES[(THEMES.indexOf(chosen()) + 1) % THEMES.length] ?? 'system'));
  show();
}

function chosen() {
  return document.documentElement.dataset['theme'] ?? 'system';
}

/** @param {string} theme */
function choose(theme) {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem('fluxwright-theme', theme);
  } catch {
    // not every browser keeps something for files
  }
  show();
}

function show() {
  byId('theme').textContent = `Theme: ${chosen() === 'system' ? 'system' : chosen()}`;
}
