import { UserError } from '../errors';
import { isToken } from '../yaml/comment';
import type { PlacedDirectory, PlacedObject } from './layout';
import { holdsForSomeVariables, isDnsSubdomain, isLabelKey, isLabelValue } from './names';
import { whereabouts } from './object-metadata';

/** Names and labels that an API server refuses, in objects that no construct of ours has checked: L1 classes and plain ones. */
export function invalidMetadata(directories: readonly PlacedDirectory[]): UserError[] {
  const errors: UserError[] = [];
  for (const { objects } of directories) for (const placed of objects) check(placed, errors);
  return errors;
}

function check(placed: PlacedObject, errors: UserError[]): void {
  const { apiVersion, kind, metadata } = placed.object as { apiVersion?: string; kind?: string; metadata?: { name?: unknown; labels?: Record<string, unknown> } };
  const subject = (): string => `${whereabouts(placed)}: ${kind}`;
  const { name, labels } = metadata ?? {};
  // names of RBAC objects may hold anything that a URL's path may
  const isName = apiVersion?.startsWith('rbac.authorization.k8s.io/') === true ? isPathSegment : isDnsSubdomain;
  if (typeof name === 'string' && !isToken(name) && !isName(name) && !holdsForSomeVariables(name, isName)) {
    errors.push(new UserError('name-invalid', `${subject()} is named ${JSON.stringify(name)}`, 'use lower-case letters, digits, "-" and ".", starting and ending with a letter or digit'));
  }
  for (const key in labels) {
    const value = labels[key];
    if (!isLabelKey(key)) errors.push(new UserError('label-invalid', `${subject()} has the label ${JSON.stringify(key)}`, 'write "name" or "prefix/name", the name at most 63 letters, digits, "-", "_" and "."'));
    if (typeof value !== 'string') errors.push(new UserError('label-invalid', `${subject()} has the label ${key}: ${JSON.stringify(value)}, which is no string`, 'put it in quotes'));
    else if (!isLabelValue(value) && !holdsForSomeVariables(value, isLabelValue)) {
      errors.push(new UserError('label-invalid', `${subject()} has the label ${key}: ${JSON.stringify(value)}`, 'use at most 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit'));
    }
  }
}

function isPathSegment(text: string): boolean {
  return text !== '' && text !== '.' && text !== '..' && !/[/%]/.test(text);
}
