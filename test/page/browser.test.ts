import { chromium, type Browser, type BrowserContext, type Page as Tab } from 'playwright-core';
import { fleet } from '../diff/fleet';
import { describeWith } from '../tools';
import { dangerous, large } from './fleets';
import { fileOf, pageOf } from './page-of';

jest.setTimeout(60_000);

describeWith('chromium', 'a page in Chromium', (executablePath) => {
  let browser: Browser;
  const opened: { context: BrowserContext; remove: () => void }[] = [];
  /** What the browser complained of, and what it asked the network for. */
  let complaints: string[];
  let change: string;
  let graph: string;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, chromiumSandbox: false });
    change = (await pageOf(dangerous, { before: fleet })).html;
    graph = (await pageOf(fleet)).html;
  });
  afterAll(async () => browser?.close());
  beforeEach(() => (complaints = []));
  afterEach(async () => {
    for (const { context, remove } of opened.splice(0)) {
      await context.close();
      remove();
    }
    expect(complaints).toEqual([]);
  });

  async function open(html: string, { at = '', width = 1280, script = true, dark = false } = {}): Promise<Tab> {
    const { address, remove } = fileOf(html);
    const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled: script, colorScheme: dark ? 'dark' : 'light' });
    opened.push({ context, remove });
    const tab = await context.newPage();
    tab.setDefaultTimeout(5000);
    tab.on('console', (message) => complaints.push(message.text()));
    tab.on('pageerror', (error) => complaints.push(error.message));
    tab.on('request', (request) => void (request.url().startsWith('file:') || complaints.push(`asks for ${request.url()}`)));
    await tab.goto(address + at);
    return tab;
  }
  const detail = (tab: Tab) => tab.getByRole('region', { name: 'Details' });

  test('consequences stand on top, dangers open; a link leads to the change', async () => {
    const tab = await open(change);

    expect(await tab.locator('.consequence .title').first().innerText()).toBe('deletes Cluster shop/orders, and its data with it');
    expect(await tab.getByText('what leaves a Flux Kustomization with prune: true is deleted from the cluster').isVisible()).toBe(true);
    await tab.getByRole('link', { name: 'Cluster shop/orders removed' }).first().click();
    expect(await detail(tab).getByRole('heading', { level: 2 }).innerText()).toBe('removed Cluster shop/orders');
  });

  test('a change is shown side by side, with what it leads to, what check finds, and what is the same folded', async () => {
    const tab = await open(change);

    await tab.locator('#changes').getByRole('link', { name: /Deployment web/ }).click();

    const line = detail(tab).locator('tr', { hasText: 'replicas' });
    expect(await line.locator('td.removed').innerText()).toBe('  replicas: 3');
    expect(await line.locator('td.added mark').innerText()).toBe('1');
    expect(await detail(tab).locator('.leads-to').allInnerTexts()).toContainEqual(expect.stringMatching(/^danger changes spec\.selector\.matchLabels\.app of Deployment /));
    expect(await detail(tab).locator('.found').innerText()).toContain('selector-changed');
    expect(await detail(tab).getByText('registry.example.com/web').count()).toBe(0);
    await detail(tab).getByRole('button', { name: /lines the same/ }).last().click();
    expect(await detail(tab).locator('.sides-table').innerText()).toContain('name: web-settings');
  });

  test('a Kustomization shows its turn, its neighbours, its changes and the YAML of its objects', async () => {
    const tab = await open(change);
    await tab.getByRole('tab', { name: 'Waves' }).click();
    await tab.locator('#waves').getByRole('link', { name: /^apps apps\/production/ }).click();

    expect(await detail(tab).locator('.place').first().innerText()).toBe('clusters/production · path apps/production · wave 3');
    expect(await tab.locator('.chip.before .title').allInnerTexts()).toEqual(['flux-system', 'data']);
    await detail(tab).locator('summary', { hasText: 'Service' }).click();
    expect(await detail(tab).locator('details[open] .yaml').innerText()).toContain('kind: Service\nmetadata:\n  name: web');
    await detail(tab).getByRole('link', { name: 'data in clusters/production' }).click();
    expect(await detail(tab).getByRole('heading', { level: 2 }).innerText()).toBe('Kustomization flux-system/data');
    await tab.goBack();
    expect(await detail(tab).getByRole('heading', { level: 2 }).innerText()).toBe('Kustomization flux-system/apps');
  });

  test('what never comes up says why; only what changes can be shown, and one cluster', async () => {
    const tab = await open(change);
    await tab.getByRole('tab', { name: 'Waves' }).click();

    expect(await tab.locator('.chip.alarming .why').innerText()).toContain('depends on the Kustomization flux-system/date, which does not exist in this cluster');
    await tab.getByLabel('only what changes').check();
    expect(await tab.locator('.chip:visible .title').allInnerTexts()).toEqual(['flux-system', 'data', 'apps', 'flux-system', 'apps']);
    await tab.getByLabel('Cluster').selectOption('clusters/staging');
    expect(await tab.locator('.chip:visible .title').allInnerTexts()).toEqual(['flux-system', 'apps']);
  });

  test('the drawing has a box for each Flux object, which leads to it', async () => {
    const tab = await open(change);
    await tab.getByRole('tab', { name: 'Graph' }).click();

    expect(await tab.locator('#canvas g.node').count()).toBe(4);
    await tab.locator('#canvas g.node a[href]', { hasText: 'data/production' }).press('Enter');
    expect(await detail(tab).getByRole('heading', { level: 2 }).innerText()).toBe('Kustomization flux-system/data');
    expect(await tab.locator('#canvas g.chosen').textContent()).toContain('data/production');
  });

  test('everything goes by keyboard: search, choose, open, back, tabs, lists', async () => {
    const tab = await open(change);
    const focused = async (): Promise<string> => tab.evaluate('document.activeElement.id');

    await tab.keyboard.press('/');
    expect(await focused()).toBe('search');
    await tab.keyboard.type('service web');
    const options = tab.getByRole('option');
    expect(await options.allInnerTexts()).toEqual([expect.stringMatching(/^Service .*clusters\/production$/), expect.stringMatching(/^Service .*clusters\/staging$/)]);
    await tab.keyboard.press('ArrowDown');
    expect(await options.nth(1).getAttribute('aria-selected')).toBe('true');
    await tab.keyboard.press('Enter');
    expect(await focused()).toBe('detail');
    expect(await detail(tab).locator('details[open] .yaml').innerText()).toContain('kind: Service');
    await tab.keyboard.press('Escape');
    expect([await detail(tab).isVisible(), await focused()]).toEqual([false, 'search']);
    await tab.keyboard.press('Escape');
    await tab.getByRole('tab', { name: /^Changes/ }).focus();
    await tab.keyboard.press('ArrowLeft');
    expect(await tab.getByRole('tab', { selected: true }).innerText()).toMatch(/^Findings/);
    await tab.keyboard.press('ArrowRight');
    await tab.locator('#c0').focus();
    await tab.keyboard.press('ArrowDown');
    expect(await focused()).toBe('c1');
    await tab.keyboard.press('Enter');
    await tab.keyboard.press('Escape');
    expect(await focused()).toBe('c1');
  });

  test('search finds images and fields, and says when it finds nothing', async () => {
    const tab = await open(change);
    const results = async (text: string): Promise<string[]> => {
      await tab.getByRole('combobox', { name: /^Search/ }).fill(text);
      return tab.getByRole('option').allInnerTexts();
    };

    expect(await results('registry.example.com')).toEqual([expect.stringMatching(/^Deployment /), expect.stringMatching(/^Deployment /)]);
    expect((await results('LOG_LEVEL'))[0]).toMatch(/^changed Deployment web/);
    expect(await results('no such thing')).toEqual([]);
    expect(await tab.getByText('Nothing is called that').isVisible()).toBe(true);
  });

  test('colours follow the system, and the switch', async () => {
    const tab = await open(change, { dark: true });
    const paper = async (): Promise<string> => tab.evaluate('getComputedStyle(document.body).backgroundColor');

    expect(await paper()).toBe('rgb(20, 23, 28)');
    const button = tab.getByRole('button', { name: /^Theme/ });
    await button.click();
    expect([await button.innerText(), await paper()]).toEqual(['Theme: light', 'rgb(255, 255, 255)']);
    await button.click();
    expect([await button.innerText(), await paper()]).toEqual(['Theme: dark', 'rgb(20, 23, 28)']);
    await tab.reload();
    expect([await button.innerText(), await paper()]).toEqual(['Theme: dark', 'rgb(20, 23, 28)']);
  });

  test('on a narrow screen nothing is wider than it, and what is opened covers the rest', async () => {
    const tab = await open(change, { width: 320 });
    const width = async (): Promise<number> => tab.evaluate('document.documentElement.scrollWidth');

    for (const name of [/^Changes/, 'Waves', 'Graph', /^Findings/]) {
      await tab.getByRole('tab', { name }).click();
      expect([name, await width()]).toEqual([name, 320]);
    }
    await tab.getByRole('tab', { name: /^Changes/ }).click();
    await tab.locator('#changes').getByRole('link', { name: /Deployment web/ }).click();
    expect(await detail(tab).boundingBox()).toMatchObject({ x: 0, y: 0, width: 320, height: 800 });
    expect(await tab.evaluate('document.getElementById("detail").scrollWidth')).toBe(320);
    await tab.getByRole('button', { name: 'Close' }).click();
    expect(await tab.getByRole('tab', { name: 'Waves' }).isVisible()).toBe(true);
  });

  test('without JavaScript the consequences, the changes, the waves and the findings are there, and no button that does nothing', async () => {
    const tab = await open(change, { script: false });

    const text = (await tab.locator('main').textContent())!; // what is below the screen has no inner text before it is scrolled to
    for (const part of ['deletes Cluster shop/orders, and its data with it', 'spec.replicas 3 → 1', 'Wave 3', 'Never ready', 'selector-changed']) expect(text.replace(/\s+/g, ' ')).toContain(part);
    expect(await tab.locator('button:visible, input:visible').count()).toBe(0);
  });

  test('an address behind the # opens what it names', async () => {
    const tab = await open(graph, { at: '#k1.1' });

    expect(await detail(tab).locator('details[open]').count()).toBe(1);
  });

  test('names and texts that try to be more stay texts', async () => {
    const name = '</script><img src=x onerror=alert(1)>';
    const hostile = { ...fleet, 'data/production/evil.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${JSON.stringify(name)}\n  namespace: shop\ndata:\n  text: ${JSON.stringify(`<!--${name}\u202e`)}\n`, 'data/production/kustomization.yaml': `${fleet['data/production/kustomization.yaml']!}  - evil.yaml\n` };
    const tab = await open((await pageOf(hostile, { before: fleet })).html);

    await tab.locator('#changes').getByRole('link', { name: `ConfigMap shop/${name}` }).click();
    expect(await detail(tab).locator('.sides-table').innerText()).toContain(`<!--${name}`);
    expect(await tab.locator('img').count()).toBe(0);
    await tab.getByRole('combobox').fill('onerror');
    expect(await tab.getByRole('option').first().innerText()).toContain(name);
  });

  test('a thousand Kustomizations stay usable: what is out of sight is not laid out, YAML is made when it is opened, and a search lists no more than a screen', async () => {
    const tab = await open((await pageOf(large(1000, '2.0.0'), { before: large(1000, '1.0.0') })).html);

    expect(await tab.getByText('restarts the pods of Deployment', { exact: false }).first().isVisible()).toBe(true);
    await tab.getByRole('combobox').fill('app-99');
    expect(await tab.getByRole('option').count()).toBe(50);
    expect(await tab.getByRole('status').innerText()).toMatch(/^50 of \d+: say more of it$/);
    await tab.getByRole('combobox').fill('app-999 deployment');
    await tab.keyboard.press('Enter');
    expect(await detail(tab).locator('details[open] .yaml').innerText()).toContain('image: registry.example.com/app-999:1.0.0');
    expect(await tab.evaluate('document.querySelectorAll("pre").length')).toBe(1);
    await tab.keyboard.press('Escape');
    await tab.getByRole('tab', { name: 'Waves' }).click();
    expect(await tab.locator('.chip').count()).toBe(1001);
    expect(await tab.evaluate('getComputedStyle(document.querySelector(".chip")).contentVisibility')).toBe('auto');
    expect(await tab.evaluate('document.querySelectorAll("*").length')).toBeLessThan(25_000);
  });
});
