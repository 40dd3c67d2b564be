import fc from 'fast-check';
import { FORMS, NAMES, type App, type Name, type Shop } from './shop';

/** A change of code: one prop of one app. */
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

export type Step =
  | { readonly do: 'release'; readonly release: Release }
  | { readonly do: 'change'; readonly changes: readonly Change[]; readonly meanwhile: readonly Release[]; readonly sync: 'merge' | 'rebase' }
  | { readonly do: 'branch'; readonly changes: readonly Change[]; readonly meanwhile: readonly Release[]; readonly mainChanges: readonly Change[]; readonly how: 'merge' | 'rebase' | 'squash'; readonly resolve: 'synth' | 'delete' }
  | { readonly do: 'foreign'; readonly directory: string }
  | { readonly do: 'reset' };

const DIRECTORIES = ['one', 'two', 'three'];

const app = fc.constantFrom(...NAMES);
const release: fc.Arbitrary<Release> = fc.record({ app, is: fc.constantFrom('newer', 'newer', 'older', 'unselected') });
const releases = fc.array(release, { maxLength: 2 });

/** An object is called by its app, so that no two ever have one name. */
const change: fc.Arbitrary<Change> = app.chain((name) => fc.record({
  app: fc.constant(name),
  props: fc.oneof(
    fc.record({ replicas: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ directory: fc.constantFrom(...DIRECTORIES) }),
    fc.record({ object: fc.constantFrom(name, `${name}-server`) }),
    fc.record({ policy: fc.constantFrom(`${name}-tags`, `${name}-latest`) }),
    fc.record({ form: fc.constantFrom(...FORMS) }),
    fc.record({ directory: fc.constantFrom(...DIRECTORIES), object: fc.constantFrom(name, `${name}-server`), form: fc.constantFrom(...FORMS) }),
  ),
}));

const changes = fc.array(change, { minLength: 1, maxLength: 3 });
/** Alone, and not while others work: where Git merges, what one side adds has the tag that this side had, until Flux's next interval. */
const copies: fc.Arbitrary<Change> = app.chain((name) => fc.record({ app: fc.constant(name), props: fc.record({ copies: fc.integer({ min: 1, max: 2 }) }) }));
const hold: fc.Arbitrary<Change> = app.chain((name) => fc.record({ app: fc.constant(name), props: fc.record({ hold: fc.constantFrom<(string | undefined)[]>('held', undefined) }) }));

export const interleaving: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('release' as const), release }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('change' as const), changes, meanwhile: releases, sync: fc.constantFrom('merge' as const, 'rebase' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('change' as const), changes: fc.tuple(fc.oneof(hold, copies)), meanwhile: fc.constant([]), sync: fc.constant('merge' as const) }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('branch' as const),
        changes,
        meanwhile: releases,
        mainChanges: fc.array(change, { maxLength: 1 }),
        how: fc.constantFrom('merge' as const, 'rebase' as const, 'squash' as const),
        resolve: fc.constantFrom('synth' as const, 'delete' as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('foreign' as const), directory: fc.constantFrom(...DIRECTORIES) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('reset' as const) }) },
  ),
  { minLength: 3, maxLength: 7 },
);

export function applied(shop: Shop, changes: readonly Change[]): Shop {
  return changes.reduce((before, { app: name, props }) => ({ ...before, [name]: { ...before[name], ...props } }), shop);
}
