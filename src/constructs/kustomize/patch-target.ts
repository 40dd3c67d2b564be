import type { KustomizeTarget } from '../../app/kustomization-file';
import type { UserError } from '../../errors';
import { patchInvalid } from './patch';

/** An object in the same program, ApiObject or L2: its group, kind and name are the target. */
export interface PatchedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/** What a patch applies to: an object, or kustomize's selector, whose `name`, `namespace` and `kind` are regular expressions. */
export type PatchTarget = KustomizeTarget | PatchedObject;

export function selectorOf(target: PatchTarget): KustomizeTarget {
  if (!('apiVersion' in target)) return target;
  const [group] = target.apiVersion.split('/');
  return { ...(target.apiVersion.includes('/') ? { group } : {}), kind: target.kind, name: target.name };
}

/** What is wrong with a selector: nothing selected means everything, which hardly anybody wants. */
export function checkTarget(patch: string, target: KustomizeTarget, everything: boolean): UserError[] {
  const fields = Object.entries(target).filter(([, value]) => value !== undefined && value !== '');
  const errors = fields.filter(([, value]) => !isRegularExpression(value as string)).map(([field, value]) =>
    patchInvalid(patch, `has target.${field} ${JSON.stringify(value)}, which is no regular expression`, 'escape its special characters with a backslash'));
  if (fields.length === 0 && !everything) {
    errors.push(patchInvalid(patch, 'has an empty target, which selects every object of the directory', 'name a kind, name or labelSelector; if you mean every object, add everything: true'));
  }
  return errors;
}

function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text.replaceAll('(?P<', '(?<'));
    return true;
  } catch {
    return false;
  }
}
