import type { IConstruct } from 'constructs';
import { UserError } from '../errors';

/** What a construct can only know once the whole model stands. */
export type ModelCheck = () => readonly UserError[];

const CHECKS = Symbol.for('fluxwright.ModelChecks');

/** Has `check` run before anything is laid out; everything that all checks find is reported at once. */
export function addModelCheck(construct: IConstruct, check: ModelCheck): void {
  const holder = construct as { [CHECKS]?: ModelCheck[] };
  (holder[CHECKS] ??= []).push(check);
}

/** Problems of one construct: those of its model checks, and what cdk8s' own validations say. */
export function problemsOf(construct: IConstruct): UserError[] {
  const own = ((construct as { [CHECKS]?: ModelCheck[] })[CHECKS] ?? []).flatMap((check) => check());
  const others = construct.node.validate().map((message) => {
    const [problem, fix] = message.split('\n  fix: ');
    return new UserError('value-invalid', `${construct.node.path}: ${problem!}`, fix ?? '');
  });
  return [...own, ...others];
}
