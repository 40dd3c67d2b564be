import { byId, element } from './element.js';
import { page } from './page-data.js';

const ZOOM = 1.25;
const PADDING = 18;
let shown = -1;
let marked = /** @type {string | undefined} */ (undefined);

/**
 * Shows the drawing of a cluster, which lies in the page as a template until then.
 * @param {number} cluster
 */
export function showDrawing(cluster) {
  if (shown === cluster) return;
  shown = cluster;
  const canvas = byId('canvas');
  const template = document.getElementById(`drawing-${cluster}`);
  if (!(template instanceof HTMLTemplateElement)) {
    canvas.replaceChildren(element('p', { class: 'quiet' }, page.clusters.length === 0 ? 'There is nothing to draw.' : 'This cluster is too large for a drawing that can be read: look at its waves, or draw a part with fluxwright graph --focus.'));
    return;
  }
  const frame = element('div', { class: 'frame', tabindex: '0', role: 'group', 'aria-label': `Graph of ${page.clusters[cluster]?.name}` });
  frame.append(template.content.cloneNode(true));
  const svg = frame.querySelector('svg');
  if (svg === null) return;
  const width = svg.viewBox.baseVal.width;
  let scale = 1;
  /** @param {number} to */
  const zoom = (to) => {
    scale = Math.min(4, Math.max(0.05, to));
    svg.style.width = `${width * scale}px`;
    svg.style.height = 'auto';
  };
  const fit = () => zoom(Math.min(1.2, Math.max(0.4, (frame.clientWidth - PADDING) / width)));
  prepare(svg, page.clusters[cluster]?.boxes ?? []);
  canvas.replaceChildren(element('div', { class: 'zoom' },
    button('Smaller', () => zoom(scale / ZOOM)), button('Larger', () => zoom(scale * ZOOM)), button('Fit', () => zoom((frame.clientWidth - PADDING) / width))), frame);
  fit();
  markBox(marked);
}

/**
 * Boxes that lead somewhere are links for the mouse and the keyboard.
 * @param {SVGSVGElement} svg
 * @param {readonly string[]} boxes
 */
function prepare(svg, boxes) {
  for (const node of svg.querySelectorAll('g.node')) {
    const title = node.querySelector('title');
    const target = boxes[Number(title?.textContent?.slice(1)) - 1] ?? '';
    title?.remove();
    if (target === '') continue;
    node.setAttribute('data-target', target);
    node.querySelector('a')?.setAttribute('href', `#${target}`);
  }
}

/** @param {string | undefined} target */
export function markBox(target) {
  marked = target;
  for (const node of document.querySelectorAll('#canvas g.node')) node.classList.toggle('chosen', target !== undefined && node.getAttribute('data-target') === target);
}

/**
 * @param {string} text
 * @param {() => void} onclick
 */
function button(text, onclick) {
  return element('button', { type: 'button', onclick }, text);
}
