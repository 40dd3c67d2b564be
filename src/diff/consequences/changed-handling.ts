import { at, mappingAt, textAt, type Data } from '../../model/fields';
import { identityTitle } from '../../model/source-object';
import type { Consequence, Rule, Severity } from './consequence';
import { deletesWithItself, isKept } from './pruned-objects';
import { factOf, isAppliedOnBoth, isSuspended, type World } from './world';

const PRUNE: Rule = { text: 'prune: true deletes what leaves a Flux Kustomization, and prune: false leaves it in the cluster, where nothing looks after it', link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune' };
const DELETION: Rule = { text: 'deletionPolicy says whether what a Flux Kustomization applied is deleted with it; by default that is as prune has it', link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#deletion-policy' };
const SUSPEND: Rule = { text: 'what is suspended is not reconciled: nothing is applied, mended or deleted', link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#suspend' };
const FORCE: Rule = { text: 'with force: true Flux deletes an object whose immutable fields change, and makes it anew', link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#force' };
const DECRYPTION: Rule = { text: 'without spec.decryption what SOPS encrypted is applied as it is', link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption' };
const SOURCE: Rule = { text: 'what the former source had and the new one has not is pruned', link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#source-reference' };

interface Told {
  readonly severity: Severity;
  readonly title: string;
  readonly fields: readonly string[];
  readonly rule: Rule;
}

/** What Flux will do otherwise from now on, though no object changes by it today: what it deletes, and whether it does anything at all. */
export function changedHandling({ edits }: World): Consequence[] {
  return edits.flatMap(({ object, change, before: was, after: is, fields: differing, appliers }): Consequence[] => {
    if (was === undefined || is === undefined || !isAppliedOnBoth(change)) return [];
    const title = identityTitle(object);
    const told = [
      ...(object.group === 'kustomize.toolkit.fluxcd.io' && object.kind === 'Kustomization' ? ofKustomization(`Flux ${title}`, was, is) : []),
      ...(/(^|\.)toolkit\.fluxcd\.io$/.test(object.group) ? suspended(object.kind === 'Kustomization' ? `Flux ${title}` : title, was, is) : []),
      ...(isKept(was) && !isKept(is) ? [{ severity: 'warning' as const, title: `${title} is no longer kept from prune: the next change that takes it away deletes it`, fields: ['metadata'], rule: PRUNE }] : []),
    ];
    return told.map(({ severity, title: text, fields, rule }): Consequence => ({
      class: 'handling-changed', severity, title: text, affected: [],
      evidence: { changes: [change], facts: differing.filter(({ path }) => fields.some((field) => path.startsWith(field))).map((field) => factOf(change, field)), rule },
      appliers, advice: [],
    }));
  });
}

function ofKustomization(title: string, was: Data, is: Data): Told[] {
  const found: Told[] = [];
  const [pruned, prunes] = [was, is].map((data) => at(data, 'spec.prune') === true) as [boolean, boolean];
  const [took, takes] = [was, is].map((data) => deletesWithItself({ data: withoutSuspension(data) })) as [boolean, boolean];
  if (prunes && !pruned) found.push({ severity: 'warning', title: `${title} deletes from now on what leaves it`, fields: ['spec.prune'], rule: PRUNE });
  if (pruned && !prunes) found.push({ severity: 'notice', title: `${title} no longer deletes what leaves it`, fields: ['spec.prune'], rule: PRUNE });
  if (takes && !took && prunes === pruned) found.push({ severity: 'warning', title: `${title} takes all that it applied along when it is deleted`, fields: ['spec.deletionPolicy'], rule: DELETION });
  if (took && !takes && prunes === pruned) found.push({ severity: 'notice', title: `${title} leaves all that it applied when it is deleted`, fields: ['spec.deletionPolicy'], rule: DELETION });
  if (at(is, 'spec.force') === true && at(was, 'spec.force') !== true) found.push({ severity: 'warning', title: `${title} deletes and makes anew from now on what cannot be changed in its place`, fields: ['spec.force'], rule: FORCE });
  if (at(was, 'spec.decryption') !== undefined && at(is, 'spec.decryption') === undefined) found.push({ severity: 'warning', title: `${title} no longer decrypts what SOPS encrypted`, fields: ['spec.decryption'], rule: DECRYPTION });
  const [from, to] = [was, is].map(sourceOf);
  if (from !== to) found.push({ severity: 'warning', title: `${title} is built from ${to!} in place of ${from!}`, fields: ['spec.sourceRef'], rule: SOURCE });
  return found;
}

function suspended(title: string, was: Data, is: Data): Told[] {
  if (isSuspended({ data: was }) === isSuspended({ data: is })) return [];
  return isSuspended({ data: is })
    ? [{ severity: 'warning', title: `${title} is suspended: nothing of it reaches the cluster until somebody resumes it`, fields: ['spec.suspend'], rule: SUSPEND }]
    : [{ severity: 'notice', title: `${title} goes on: what changed while it was suspended takes effect`, fields: ['spec.suspend'], rule: SUSPEND }];
}

function withoutSuspension(data: Data): Data {
  return { ...data, spec: { ...mappingAt(data, 'spec'), suspend: false } };
}

function sourceOf(data: Data): string {
  const namespace = textAt(data, 'spec.sourceRef.namespace');
  return `${textAt(data, 'spec.sourceRef.kind') ?? ''} ${namespace === undefined ? '' : `${namespace}/`}${textAt(data, 'spec.sourceRef.name') ?? ''}`;
}
