import { byId } from './element.js';

/** @type {import('../page').Page} */
export const page = JSON.parse(byId('page').textContent ?? '');

/**
 * A text that lies behind the program, and is read when it is looked at; undefined where the page has none.
 * @param {string} id
 */
function textOf(id) {
  const found = document.getElementById(id);
  return found === null ? undefined : JSON.parse(found.textContent ?? '');
}

/**
 * @param {number} entry
 * @returns {import('../page').PageVersions | undefined}
 */
export function versionsOf(entry) {
  return textOf(`versions-${entry}`);
}

/**
 * @param {number} kustomization
 * @returns {string[] | undefined}
 */
export function objectTexts(kustomization) {
  return textOf(`objects-${kustomization}`);
}
