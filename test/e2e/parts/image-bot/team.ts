import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../../src/errors';
import { publish, type PublishOptions, type PublishReport } from '../../../../src/publish/publish';
import { writeFiles } from '../../harness/folder';
import { bareRepository, WorkTree } from '../../harness/git';
import { automateImages } from './bot';
import { FIRST_SHOP, NAMES, shopTree, TAGS, type Name, type Shop } from './shop';
import { applied, type Change, type Release, type Step } from './steps';

/** A developer and the bot, each with a clone of one repository, and what its main branch has to hold. */
export class Team {
  private readonly developer: WorkTree;
  private readonly bot: WorkTree;
  private readonly foreign = new Map<string, string>();
  private readonly registry = new Map<Name, string[]>(NAMES.map((name) => [name, [TAGS[name].tag(0)]]));
  private readonly expected = new Map<Name, string>(NAMES.map((name) => [name, TAGS[name].tag(0)]));
  private shop: Shop = FIRST_SHOP;
  private newest = 0;
  /** How often the bot has committed, and how often synth asked which of two tags is meant. */
  readonly counts = { commits: 0, conflicts: 0, refusals: 0 };

  constructor(folder: string) {
    const origin = bareRepository(folder, 'origin.git');
    for (const name of ['developer', 'bot']) mkdirSync(join(folder, name));
    this.developer = WorkTree.clone(origin, join(folder, 'developer'));
    this.synth(this.shop);
    this.developer.commit('first');
    this.developer.git('push', '--quiet', 'origin', 'HEAD:main');
    this.bot = WorkTree.clone(origin, join(folder, 'bot'));
  }

  take(step: Step): void {
    if (step.do === 'release') this.release(step.release);
    else if (step.do === 'foreign') this.addForeign(step.directory);
    else if (step.do === 'change') this.change(step);
    else if (step.do === 'branch') this.branch(step);
    else this.reset();
    this.developer.git('pull', '--quiet', '--ff-only');
  }

  /** What main holds, and what it has to. */
  get tags(): { found: unknown; expected: unknown } {
    const found = NAMES.map((name) => [name, ...new Set(this.tagsOf(name))]);
    return { found, expected: [...this.expected].map(([name, tag]) => [name, tag]) };
  }

  /** Foreign files that are gone or changed. */
  get lostFiles(): string[] {
    return [...this.foreign].filter(([path, text]) => !existsSync(join(this.developer.folder, path)) || readFileSync(join(this.developer.folder, path), 'utf8') !== text).map(([path]) => path);
  }

  /** What another synth would change. */
  get diff(): string {
    return publish(shopTree(this.shop), { ...this.options, check: true }).diff ?? '';
  }

  private get options(): PublishOptions {
    return { root: this.developer.folder, project: 'shop', directory: 'k8s' };
  }

  /** Synthesizes; where two tags are possible, a person says that main's is meant. */
  private synth(shop: Shop, options: Partial<PublishOptions> = {}): PublishReport {
    try {
      return publish(shopTree(shop), { ...this.options, ...options });
    } catch (error) {
      if (!UserError.is(error) || options.pin !== undefined || !/has several committed values|has a value of its own/.test(error.message)) throw error;
      this.counts.refusals++;
      const pin = Object.fromEntries(NAMES.map((name) => [`flux-system:${shop[name].policy}`, this.expected.get(name)!]));
      return this.synth(shop, { ...options, pin });
    }
  }

  private release({ app, is }: Release): void {
    this.newest++;
    const tags = this.registry.get(app)!;
    if (is === 'unselected') tags.push(TAGS[app].unselected(this.newest));
    else tags.push(TAGS[app].tag(is === 'newer' ? this.newest + 50 : Math.floor(this.newest / 2)));
    this.automate();
  }

  private automate(): void {
    this.bot.git('pull', '--quiet', '--ff-only');
    const chosen = automateImages(this.bot, (image) => this.registry.get(image.split('/')[1] as Name)!);
    if (this.bot.git('status', '--porcelain') === '') return;
    this.counts.commits++;
    this.bot.commit('bot');
    this.bot.git('push', '--quiet');
    for (const [image, tag] of chosen) {
      const name = image.split('/')[1] as Name;
      if (this.mainShop[name].hold === undefined) this.expected.set(name, tag);
    }
  }

  /** What code says on main, which a developer may be ahead of. */
  private mainShop: Shop = FIRST_SHOP;

  private addForeign(directory: string): void {
    const path = `k8s/${directory}/by-hand-${this.foreign.size}.yaml`;
    const text = `# somebody's\nkind:   Foreign\nnumber: ${this.foreign.size}\n`;
    this.bot.git('pull', '--quiet', '--ff-only');
    writeFiles(this.bot.folder, { [path]: text });
    this.bot.commit('by hand');
    this.bot.git('push', '--quiet');
    this.foreign.set(path, text);
  }

  private change({ changes, meanwhile, sync }: { changes: readonly Change[]; meanwhile: readonly Release[]; sync: 'merge' | 'rebase' }): void {
    this.shop = applied(this.shop, changes.map((change) => this.withHeldTag(change)));
    this.synth(this.shop);
    this.developer.commit('change');
    for (const release of meanwhile) this.release(release);
    this.developer.git('fetch', '--quiet');
    this.push(this.integrate(sync, 'origin/main', this.shop, 'synth'));
  }

  /** The tag to hold is the one before: what code says is what has to come. */
  private withHeldTag(change: Change): Change {
    return change.props.hold === undefined ? change : { ...change, props: { hold: TAGS[change.app].tag(0) } };
  }

  private branch({ changes, meanwhile, mainChanges, how, resolve }: Extract<Step, { do: 'branch' }>): void {
    const main = this.shop;
    this.developer.git('checkout', '--quiet', '-B', 'feature');
    this.synth(applied(main, changes));
    this.developer.commit('feature');
    this.developer.git('checkout', '--quiet', 'main');
    if (mainChanges.length > 0) this.change({ changes: mainChanges, meanwhile: [], sync: 'merge' });
    for (const release of meanwhile) this.release(release);
    this.developer.git('pull', '--quiet', '--ff-only');

    this.shop = applied(this.shop, changes);
    if (how === 'rebase') this.developer.git('checkout', '--quiet', 'feature');
    const isByGit = this.integrate(how, how === 'rebase' ? 'main' : 'feature', this.shop, resolve);
    if (how === 'rebase') {
      this.developer.git('checkout', '--quiet', '-B', 'main');
      this.developer.git('branch', '--quiet', '--set-upstream-to=origin/main');
    }
    this.push(isByGit);
  }

  /**
   * Brings another branch in, and returns whether Git did so alone. What it cannot merge, a synth does; a person may have
   * thrown the files away before.
   */
  private integrate(how: 'merge' | 'rebase' | 'squash', other: string, shop: Shop, resolve: 'synth' | 'delete'): boolean {
    const command = { merge: ['merge', '--no-edit', '--quiet', other], rebase: ['rebase', '--quiet', other], squash: ['merge', '--squash', '--quiet', other] }[how];
    const isByGit = this.developer.succeeds(...command);
    if (!isByGit) {
      this.counts.conflicts++;
      const unmerged = this.developer.git('diff', '--name-only', '--diff-filter=U', '-z').split('\0').filter((path) => path !== '');
      if (resolve === 'delete') for (const path of unmerged) this.developer.git('rm', '--quiet', '--force', path);
      this.synth(shop);
      this.developer.git('add', '--all');
      if (how === 'rebase') {
        if (this.developer.succeeds('diff', '--cached', '--quiet')) this.developer.git('rebase', '--skip');
        else this.developer.git('-c', 'core.editor=true', 'rebase', '--continue');
      } else this.developer.git('commit', '--quiet', '--allow-empty', '-m', 'merge');
    }
    this.synth(shop);
    this.developer.commit('synth');
    return isByGit;
  }

  /**
   * @param isByGit whether no synth has seen the merge before it was committed: what one side added then has the tag which
   * that side had, until Flux's next interval
   */
  private push(isByGit = false): void {
    this.developer.git('push', '--quiet', 'origin', 'HEAD:main');
    for (const name of NAMES) {
      const { hold } = this.shop[name];
      if (hold !== undefined && this.mainShop[name].hold === undefined) this.expected.set(name, hold);
    }
    this.mainShop = this.shop;
    if (isByGit) this.automate();
  }

  /** Code says which tags to take: those that pins start from. */
  private reset(): void {
    this.synth(this.shop, { resetPins: true });
    this.developer.commit('reset');
    this.push();
    for (const name of NAMES) this.expected.set(name, TAGS[name].tag(0));
  }

  private tagsOf(name: Name): string[] {
    const marker = new RegExp(`(\\S+) # \\{.*"\\$imagepolicy(?:-held)?": "flux-system:${this.shop[name].policy}(?::tag)?"\\}`, 'g');
    return yamlBelow(join(this.developer.folder, 'k8s')).flatMap((text) => [...text.matchAll(marker)].map((match) => match[1]!.replaceAll('"', '').replace(/^.*:/, '')));
  }
}

function yamlBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml')).map((name) => readFileSync(join(folder, name), 'utf8'));
}
