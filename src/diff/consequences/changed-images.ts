import { mappingAt, textAt } from '../../model/fields';
import { formatImage } from '../../tree/image-reference';
import type { Change, FieldChange } from '../changes';
import { imageText } from '../output/wording';
import type { Consequence, Rule } from './consequence';
import { compareTags } from './tag-order';
import { touchedBy } from './touched';
import { factOf, type World } from './world';

const BACKWARDS: Rule = { text: 'an older version starts on the data and the settings of a newer one', link: 'https://fluxcd.io/flux/guides/image-update/' };
const REPOSITORY: Rule = { text: 'another repository is another image, whatever its tag: who may push there decides what runs', link: 'https://kubernetes.io/docs/concepts/containers/images/#image-names' };
const BY_HAND: Rule = { text: 'an image with a marker is set by the image automation, which sets it back to what its policy chooses', link: 'https://fluxcd.io/flux/components/image/imageupdateautomations/' };

/** Images that go back, come from elsewhere, or were set by a person where a policy sets them. */
export function changedImages(world: World): Consequence[] {
  return touchedBy(world).flatMap(({ title, change, fields, appliers }) => fields.flatMap((field): Consequence[] => {
    const { image } = field;
    if (image?.before === undefined || image.after === undefined || hasTagBeside(field, fields)) return [];
    const { before, after } = image;
    const make = (name: 'image-backwards' | 'image-repository' | 'image-by-hand', what: string, rule: Rule, advice: readonly string[], facts: readonly string[] = []): Consequence => ({
      class: name, severity: 'warning', title: what, affected: [], evidence: { changes: [change], facts: [factOf(change, field), ...facts], rule }, appliers, advice,
    });
    const found: Consequence[] = [];
    if (before.repository !== after.repository && before.repository !== '' && after.repository !== '') {
      found.push(make('image-repository', `takes the image of ${title} from another repository: ${formatImage(before)} → ${formatImage(after)}`, REPOSITORY, []));
    } else if (before.tag !== undefined && after.tag !== undefined && (compareTags(after.tag, before.tag) ?? 0) < 0) {
      found.push(make('image-backwards', `moves the image of ${title} backwards: ${imageText(image)}`, BACKWARDS, []));
    }
    const person = image.policy.before !== undefined && image.policy.after !== undefined ? personBehind(world, change, field) : undefined;
    if (person !== undefined) {
      found.push(make('image-by-hand', `sets the image of ${title} by hand, where image policy ${image.policy.after!} sets it: ${imageText({ ...image, policy: { before: undefined, after: undefined } })}`, BY_HAND, ['change what the policy chooses, or take the marker off for as long as the tag is to stay'], [person]));
    }
    return found;
  }));
}

/** Whether the tag beside a repository changes as well: that tells both. */
function hasTagBeside({ path }: FieldChange, fields: readonly FieldChange[]): boolean {
  return path.endsWith('.repository') && fields.some((other) => other.path === path.replace(/repository$/, 'tag'));
}

/** Who set a marked image, if it was not the automation; undefined where nothing tells. */
function personBehind({ history, before, after }: World, change: Change, _field: FieldChange): string | undefined {
  const file = change.after!.file;
  if (history === undefined || file === undefined) return undefined;
  const authors = history.authorsOf(file);
  if (authors.length === 0) return undefined;
  const bots = [before, after].flatMap(({ repository }) => repository.objects.filter(({ kind, group }) => kind === 'ImageUpdateAutomation' && group === 'image.toolkit.fluxcd.io').map(({ data }) => mappingAt(data, 'spec.git.commit.author')));
  const isBot = (author: { readonly name: string; readonly email: string }): boolean => (
    bots.some((bot) => textAt(bot, 'email') === author.email || textAt(bot, 'name') === author.name) || /\bflux|\bbot\b|\[bot\]/i.test(`${author.name} ${author.email}`)
  );
  const person = authors.find((author) => author === undefined || !isBot(author));
  if (authors.some((author) => author !== undefined && isBot(author)) && person !== undefined) return undefined; // both changed the file: which one set the tag does not show
  if (person === undefined) return authors.some((author) => author === undefined) ? 'not committed yet' : undefined;
  return `commit ${person.commit} by ${person.name}`;
}
