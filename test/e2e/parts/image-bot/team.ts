import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../../src/errors';
import { publish, type PublishOptions, type PublishReport } from '../../../../src/publish/publish';
import { isGenerated } from '../../../../src/tree/header';
import { writeFiles } from '../../harness/folder';
import { WorkTree } from '../../harness/git';
import { automateImages } from './bot';
import { FIRST_SHOP, NAMES, shopTree, TAGS, type Name, type Shop } from './shop';
import { applied, type Change, type How, type Release, type Resolution, type Step } from './steps';

/** What both push to and fetch from. */
const MAIN = 'refs/remotes/origin/main';

/** A developer and the bot, each with a working copy of one repository, and what its main branch has to hold. */
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
  readonly refusals: string[] = [];

  constructor(folder: string) {
    mkdirSync(join(folder, 'developer'));
    this.developer = WorkTree.init(join(folder, 'developer'));
    this.synth(this.shop);
    this.developer.commit('first');
    this.developer.git('update-ref', MAIN, 'HEAD');
    this.bot = this.developer.another(join(folder, 'bot'));
  }

  take(step: Step): void {
    if (step.do === 'release') this.release(step.release);
    else if (step.do === 'foreign') this.addForeign(step.directory);
    else if (step.do === 'change') this.change(step);
    else if (step.do === 'branch') this.branch(step);
    else if (step.do === 'lose') this.lose();
    else this.reset();
    this.developer.git('merge', '--quiet', '--ff-only', MAIN);
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
      this.refusals.push(error.message);
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
    this.bot.git('checkout', '--quiet', '--detach', MAIN);
    const chosen = automateImages(this.bot, (image) => this.registry.get(image.split('/')[1] as Name)!);
    if (!this.bot.succeeds('commit', '--quiet', '--all', '-m', 'bot')) return; // nothing has changed
    this.counts.commits++;
    this.bot.git('update-ref', MAIN, 'HEAD');
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
    this.bot.git('checkout', '--quiet', '--detach', MAIN);
    writeFiles(this.bot.folder, { [path]: text });
    this.bot.commit('by hand');
    this.bot.git('update-ref', MAIN, 'HEAD');
    this.foreign.set(path, text);
  }

  private change({ changes, meanwhile, sync, resolve }: Omit<Extract<Step, { do: 'change' }>, 'do'>): void {
    this.shop = applied(this.shop, changes.map((change) => this.withHeldTag(change)));
    this.synth(this.shop);
    if (sync === 'stash') return this.push(this.stash(meanwhile, resolve));
    this.developer.commit('change');
    for (const release of meanwhile) this.release(release);
    this.push(this.integrate(sync, MAIN, [this.shop], resolve));
  }

  /** Puts what is not committed aside until others' commits are there. */
  private stash(meanwhile: readonly Release[], resolve: Resolution): boolean {
    this.developer.git('add', '--all');
    const isChanged = !this.developer.succeeds('diff', '--cached', '--quiet');
    if (isChanged) this.developer.git('stash', '--quiet');
    for (const release of meanwhile) this.release(release);
    this.developer.git('merge', '--quiet', '--ff-only', MAIN);
    const isByGit = !isChanged || this.developer.succeeds('stash', 'pop', '--quiet');
    if (!isByGit) {
      this.resolve(resolve, this.shop);
      this.developer.git('stash', 'drop', '--quiet');
    }
    this.synth(this.shop);
    if (isChanged) this.developer.commit('change');
    return isByGit;
  }

  /** The tag to hold is the one before: what code says is what has to come. */
  private withHeldTag(change: Change): Change {
    return change.props.hold === undefined ? change : { ...change, props: { hold: TAGS[change.app].tag(0) } };
  }

  private branch({ commits, meanwhile, mainChanges, how, resolve }: Extract<Step, { do: 'branch' }>): void {
    const states = (shop: Shop): Shop[] => commits.map((_, index) => applied(shop, commits.slice(0, index + 1).flat()));
    this.developer.git('checkout', '--quiet', '-B', 'feature');
    for (const shop of states(this.shop)) {
      this.synth(shop);
      this.developer.commit('feature');
    }
    this.developer.git('checkout', '--quiet', 'main');
    if (mainChanges.length > 0) this.change({ changes: mainChanges, meanwhile: [], sync: 'merge', resolve });
    for (const release of meanwhile) this.release(release);
    this.developer.git('merge', '--quiet', '--ff-only', MAIN);

    const shops = states(this.shop);
    this.shop = shops.at(-1)!;
    if (how === 'rebase') this.developer.git('checkout', '--quiet', 'feature');
    const isByGit = this.integrate(how, how === 'rebase' ? 'main' : 'feature', shops, resolve);
    if (how === 'rebase') this.developer.git('checkout', '--quiet', '-B', 'main');
    this.push(isByGit);
  }

  /**
   * Brings another branch in, or this one onto it, and returns whether Git made one of the commits alone.
   * @param shops what code says at each commit that is brought
   */
  private integrate(how: How, other: string, shops: readonly Shop[], resolve: Resolution): boolean {
    const isPicked = how === 'cherry-pick';
    const steps = isPicked ? shops.map((_, index) => `${other}~${shops.length - 1 - index}`) : [other];
    const command = { merge: ['merge', '--no-edit', '--quiet'], rebase: ['rebase', '--quiet'], squash: ['merge', '--squash', '--quiet'], 'cherry-pick': ['cherry-pick', '--allow-empty', '--keep-redundant-commits'] }[how];
    let stops = 0;
    for (const [index, commit] of steps.entries()) {
      for (let isDone = this.developer.succeeds(...command, commit); !isDone; stops++) {
        this.resolve(resolve, isPicked ? shops[index]! : how === 'rebase' ? shops[this.rebasedCommit - 1]! : shops.at(-1)!);
        isDone = this.proceed(how);
      }
    }
    if (this.synth(shops.at(-1)!).differs || how === 'squash') this.developer.commit('synth');
    return stops < (how === 'rebase' || isPicked ? shops.length : 1);
  }

  /** What Git cannot merge, a synth does; a person may have done something to the files before. */
  private resolve(resolution: Resolution, shop: Shop): void {
    this.counts.conflicts++;
    const unmerged = this.developer.git('diff', '--name-only', '--diff-filter=U', '-z').split('\0').filter((path) => path !== '');
    for (const path of new Set(resolution === 'synth' ? [] : unmerged)) {
      if (resolution === 'delete' || !this.developer.succeeds('checkout', `--${resolution}`, '--', path)) this.developer.git('rm', '--quiet', '--force', '--', path);
    }
    this.synth(shop);
    this.developer.git('add', '--all');
  }

  /** Goes on after a conflict, and returns whether Git is through. */
  private proceed(how: How): boolean {
    if (how === 'merge' || how === 'squash') return this.developer.succeeds('commit', '--quiet', '--allow-empty', '-m', how);
    const isEmpty = this.developer.succeeds('diff', '--cached', '--quiet', 'HEAD');
    return this.developer.succeeds(how, isEmpty ? '--skip' : '--continue');
  }

  /** Which commit of the branch a rebase has stopped at. */
  private get rebasedCommit(): number {
    return Number(readFileSync(join(this.developer.folder, '.git/rebase-merge/msgnum'), 'utf8'));
  }

  /**
   * @param isByGit whether no synth has seen the merge before it was committed: what one side added then has the tag which
   * that side had, until Flux's next interval
   */
  private push(isByGit = false): void {
    this.developer.git('update-ref', MAIN, 'HEAD');
    for (const name of NAMES) {
      const { hold } = this.shop[name];
      if (hold !== undefined && this.mainShop[name].hold === undefined) this.expected.set(name, hold);
    }
    this.mainShop = this.shop;
    if (isByGit) this.automate();
  }

  /** Somebody deletes all that is generated. */
  private lose(): void {
    for (const path of this.developer.git('ls-files', '-z', 'k8s').split('\0').filter((name) => name !== '')) {
      const file = join(this.developer.folder, path);
      if (isGenerated(readFileSync(file, 'utf8'), 'shop', path)) rmSync(file);
    }
    this.synth(this.shop);
    if (this.developer.git('status', '--porcelain') !== '') this.developer.commit('lost');
    this.push();
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
