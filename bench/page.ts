/** How soon a page of 1,000 Flux Kustomizations is seen in Chromium, and how long a search in it takes. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { large } from '../test/page/fleets';
import { pageOf } from '../test/page/page-of';

const RUNS = 5;

/** Lines for a person; one that says so where there is no Chromium. */
export async function pageFigures(): Promise<string[]> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) return ['page: not measured, since no chromium is on the PATH'];
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-bench-'));
  const file = join(folder, 'page.html');
  const start = performance.now();
  const { html, page } = await pageOf(large(1000, '2.0.0'), { before: large(1000, '1.0.0') });
  const making = performance.now() - start;
  writeFileSync(file, html);
  const browser = await chromium.launch({ executablePath, chromiumSandbox: false });
  try {
    const [paints, ready, searches]: [number[], number[], number[]] = [[], [], []];
    for (let run = 0; run < RUNS; run++) {
      const tab = await browser.newPage();
      await tab.goto(`file://${file}`);
      await tab.waitForFunction('performance.getEntriesByName("first-contentful-paint").length > 0');
      paints.push(await tab.evaluate<number>('performance.getEntriesByName("first-contentful-paint")[0].startTime'));
      ready.push(await tab.evaluate<number>('performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd'));
      await tab.focus('#search');
      for (const text of ['a', 'app-99', 'deployment app-7', 'registry.example.com', 'nothing of that name']) searches.push(await tab.evaluate<number>(searchFor(text)));
      await tab.close();
    }
    const objects = page.kustomizations.reduce((sum, one) => sum + one.objects.length, 0);
    return [
      `page: ${page.kustomizations.length} Flux Kustomizations, ${objects} objects, ${(statSync(file).size / 2 ** 20).toFixed(1)} MiB, made in ${(making / 1000).toFixed(1)} s`,
      `page: first paint after ${shown(paints)} ms, its program after ${shown(ready)} ms, a search with what it shows ${shown(searches)} ms (median and worst of ${RUNS} runs)`,
    ];
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

/** From the key to the list laid out. */
function searchFor(text: string): string {
  return `(() => {
    const input = document.getElementById('search');
    const start = performance.now();
    input.value = ${JSON.stringify(text)};
    input.dispatchEvent(new Event('input'));
    document.getElementById('results').getBoundingClientRect();
    return performance.now() - start;
  })()`;
}

function shown(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  return `${sorted[Math.floor(sorted.length / 2)]!.toFixed(0)} (${sorted.at(-1)!.toFixed(0)})`;
}

function chromiumPath(): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

if (require.main === module) void pageFigures().then((lines) => lines.forEach((line) => console.log(line)));
