import { shellWord } from '../publish/shell-word';
import { readHeader } from '../tree/header';
import { databases } from './databases';
import { emergencies } from './emergencies';
import { environments } from './environments';
import { images } from './images';
import { layout } from './layout';
import { shell } from './markdown';
import { order } from './order';
import type { Platform } from './platform';
import { secrets } from './secrets';
import { upgrades } from './upgrades';

/** The runbook of a platform, as Markdown: the same for the same tree, and only the sections that it has something for. */
export function makeRunbook(platform: Platform): string {
  const sections = [
    layout(platform),
    order(platform),
    secrets(platform),
    databases(platform),
    upgrades(platform),
    images(platform),
    environments(platform),
    emergencies(platform),
  ].filter((blocks) => blocks.length > 0);
  const titles = sections.map(([title]) => title!.replace(/^## /, ''));
  return `${[...head(platform), titles.map((title) => `- [${title}](#${anchor(title)})`).join('\n'), ...sections.flat()].join('\n\n')}\n`;
}

function head({ output, context }: Platform): string[] {
  const command = `fluxwright runbook${output === undefined ? '' : ` --output ${shellWord(output)}`}`;
  const isGenerated = [...context.repository.tree].some((file) => file.type === 'manifests' && readHeader(file.text) !== undefined);
  return [
    '# Runbook',
    `Made from the manifests by \`${command}\`, and checked with \`--check\`. Do not edit it: it is written anew when they change.`,
    isGenerated ? 'Files whose first line says so are generated. A change begins in the constructs:' : 'A change begins in the manifests:',
    shell(...(isGenerated ? ['fluxwright synth'] : []), 'fluxwright check', 'fluxwright diff', command),
  ];
}

/** As GitHub and GitLab make it of a heading. */
function anchor(title: string): string {
  return title.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-');
}
