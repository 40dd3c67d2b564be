import { createColors } from 'picocolors';
import { entryText } from '../../diff/output/text';
import { countText } from '../../diff/output/wording';
import { visible } from '../../visible';
import type { RenderedChanges } from '../rendered-changes';

/** What becomes of renders, directory by directory. */
export function renderedText(rendered: readonly RenderedChanges[], colours: boolean): string {
  const paint = createColors(colours);
  if (rendered.length === 0) return paint.green('no render changes');
  return rendered.map(({ directory, changes, failure }) => [
    paint.bold(paint.underline(visible(directory === '' ? 'the root' : directory))),
    ...changes.map((change) => entryText({ changes: [change] }, paint)),
    ...(failure === undefined ? [`  ${paint.dim(countText(changes))}`] : [`  ${paint.red('not compared')}: ${visible(failure, 1000)}`]),
  ].join('\n')).join('\n\n');
}
