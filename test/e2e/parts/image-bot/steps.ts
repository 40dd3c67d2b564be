import fc from 'fast-check';
import { FORMS, NAMES, type App, type Name, type Shop } from './shop';

/** A change of code: one or more props of one app. */
export interface Change {
  readonly app: Name;
  readonly props: Partial<App>;
}

/** A tag that appears in the registry. */
export interface Release {
  readonly app: Name;
  /** Whether it is newer than all others, older, or one that the policy does not select. */
  readonly is: 'newer' | 'older' | 'unselected';
}

/** What a person does with files that Git could not merge, before the synth: nothing, delete them, or take one side of them. */
export type Resolution = 'synth' | 'delete' | 'ours' | 'theirs';

/** How a branch comes to main: of its commits each, or all at once. */
export type How = 'merge' | 'rebase' | 'squash' | 'cherry-pick';

export type Step =
  | { readonly do: 'release'; readonly release: Release }
  /** On main, not pushed yet, or not even committed where it is stashed. */
  | { readonly do: 'change'; readonly changes: readonly Change[]; readonly meanwhile: readonly Release[]; readonly sync: 'merge' | 'rebase' | 'stash'; readonly resolve: Resolution }
  /** On a branch of a commit or two, with main brought into it meanwhile, or not. */
  | { readonly do: 'branch'; readonly commits: readonly (readonly Change[])[]; readonly meanwhile: readonly Release[]; readonly mainChanges: readonly Change[]; readonly how: How; readonly resolve: Resolution }
  | { readonly do: 'foreign'; readonly directory: string }
  | { readonly do: 'lose' }
  | { readonly do: 'reset' };

const DIRECTORIES = ['one', 'two', 'three'];

const app = fc.constantFrom(...NAMES);
const release: fc.Arbitrary<Release> = fc.record({ app, is: fc.constantFrom('newer', 'newer', 'older', 'unselected') });
const releases = fc.array(release, { maxLength: 2 });
const resolve = fc.constantFrom<Resolution[]>('synth', 'synth', 'delete', 'ours', 'theirs');

/** An object is called by its app, so that no two ever have one name. */
const change: fc.Arbitrary<Change> = app.chain((name) => {
  const props = {
    replicas: fc.integer({ min: 1, max: 9 }),
    directory: fc.constantFrom(...DIRECTORIES),
    object: fc.constantFrom(name, `${name}-server`),
    policy: fc.constantFrom(`${name}-tags`, `${name}-latest`),
    form: fc.constantFrom(...FORMS[name]),
    copies: fc.integer({ min: 1, max: 2 }),
  };
  const one = Object.entries(props).map(([key, value]) => fc.record({ [key]: value as fc.Arbitrary<unknown> }) as fc.Arbitrary<Partial<App>>);
  return fc.record({ app: fc.constant(name), props: fc.oneof(...one, fc.record(props, { requiredKeys: ['policy', 'form'] }), fc.record(props, { requiredKeys: ['directory', 'object', 'form'] })) });
});

const changes = fc.array(change, { minLength: 1, maxLength: 3 });
/** Alone, and not while others work: on a branch, what is held there is not what main has. */
const hold: fc.Arbitrary<Change> = app.chain((name) => fc.record({ app: fc.constant(name), props: fc.record({ hold: fc.constantFrom<(string | undefined)[]>('held', undefined) }) }));

export const interleaving: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('release' as const), release }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('change' as const), changes, meanwhile: releases, sync: fc.constantFrom('merge' as const, 'rebase' as const, 'stash' as const), resolve }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('change' as const), changes: fc.tuple(hold), meanwhile: fc.constant([]), sync: fc.constant('merge' as const), resolve }) },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('branch' as const),
        commits: fc.array(changes, { minLength: 1, maxLength: 2 }),
        meanwhile: releases,
        mainChanges: fc.array(change, { maxLength: 1 }),
        how: fc.constantFrom<How[]>('merge', 'rebase', 'squash', 'cherry-pick'),
        resolve,
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('foreign' as const), directory: fc.constantFrom(...DIRECTORIES) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('lose' as const, 'reset' as const) }) },
  ),
  { minLength: 2, maxLength: 5 },
);

export function applied(shop: Shop, changes: readonly Change[]): Shop {
  return changes.reduce((before, { app: name, props }) => ({ ...before, [name]: { ...before[name], ...props } }), shop);
}
