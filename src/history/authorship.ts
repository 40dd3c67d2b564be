import { at, textAt } from '../model/fields';
import type { Repository } from '../model/repository';
import type { Commit, Identity } from './commit';

/** Who made a commit, and how one can tell. */
export interface Authorship {
  readonly type: 'bot' | 'person';
  /** For people: why it is a bot's. */
  readonly because: string | undefined;
}

/** An author that an ImageUpdateAutomation commits as. */
interface Automated {
  readonly author: Identity;
  readonly automation: string;
}

/** Tells commits of bots from those of people: by what the tree says of Flux's image automation, then by names of bots. */
export class Authors {
  private readonly automated: readonly Automated[];

  constructor(repositories: readonly Repository[]) {
    const found = repositories.flatMap(({ objects }) => objects.filter(({ group, kind }) => group === 'image.toolkit.fluxcd.io' && kind === 'ImageUpdateAutomation'));
    this.automated = found.flatMap(({ data, name, namespace }) => {
      const author = at(data, 'spec.git.commit.author');
      const email = textAt(author, 'email');
      return email === undefined ? [] : [{ author: { name: textAt(author, 'name') ?? 'Flux', email }, automation: `${namespace === undefined ? '' : `${namespace}/`}${name}` }];
    });
  }

  of({ author, skipsCi }: Pick<Commit, 'author' | 'skipsCi'>): Authorship {
    const email = author.email.toLowerCase();
    // one address may be used by a person, too, who has another name
    const own = this.automated.filter((one) => one.author.email.toLowerCase() === email);
    const exact = own.find((one) => one.author.name === author.name) ?? (own.length > 0 && /flux|bot|automat/i.test(author.name) ? own[0] : undefined);
    if (exact !== undefined) return { type: 'bot', because: `ImageUpdateAutomation ${exact.automation} commits as ${author.name} <${author.email}>` };
    if (/\[bot\]/.test(author.name) || /\[bot\]@/.test(email)) return { type: 'bot', because: 'its name says so' };
    if (/^(flux|fluxcd|fluxbot|fluxcdbot|flux-?bot|weave flux|renovate|renovate-bot|dependabot)$/i.test(author.name.trim())) return { type: 'bot', because: 'its name says so' };
    if (skipsCi && /flux|bot\b|automat/i.test(`${author.name} ${email}`)) return { type: 'bot', because: 'its name is like that of a bot, and its message keeps CI from running' };
    return { type: 'person', because: undefined };
  }
}
