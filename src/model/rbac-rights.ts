import { listAt, textAt, textsAt, type Data } from './fields';

/** One right: a verb on a resource, or on a URL. */
interface Right {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly name: string;
}

/** The rights of a role that other roles, such as its former self, did not give: `get secrets`. */
export function newRights(before: readonly Data[], after: Data): string[] {
  const had = before.flatMap(rightsOf);
  return [...new Set(rightsOf(after).filter((right) => !had.some((known) => covers(known, right))).map(rightText))];
}

/** The rights of a role that know no bounds: any verb, any resource of all, or what lets its holder give itself more. */
export function boundlessRights(role: Data): string[] {
  const isBoundless = ({ verb, group, resource }: Right): boolean => verb === '*' || (resource === '*' && (group === '*' || group === '')) || ['escalate', 'bind', 'impersonate'].includes(verb);
  return [...new Set(rightsOf(role).filter(isBoundless).map(rightText))];
}

/** Whether a role gives everything, as cluster-admin does. */
export function givesEverything(role: Data | undefined): boolean {
  return role !== undefined && rightsOf(role).some(({ verb, group, resource }) => verb === '*' && group === '*' && resource === '*');
}

const MOST_RIGHTS = 5_000;

function rightsOf(role: Data): Right[] {
  const found: Right[] = [];
  for (const rule of listAt(role, 'rules')) {
    const names = textsAt(rule, 'resourceNames');
    for (const verb of textsAt(rule, 'verbs')) {
      for (const url of textsAt(rule, 'nonResourceURLs')) found.push({ verb, group: '', resource: url, name: '*' });
      for (const group of textsAt(rule, 'apiGroups')) for (const resource of textsAt(rule, 'resources')) for (const name of names.length === 0 ? ['*'] : names) {
        if (found.length < MOST_RIGHTS) found.push({ verb, group, resource, name });
      }
    }
  }
  return found;
}

function covers(known: Right, right: Right): boolean {
  const has = (one: string, other: string): boolean => one === '*' || one === other;
  const hasResource = has(known.resource, right.resource) || (known.resource.endsWith('*') && known.resource.startsWith('/') && right.resource.startsWith(known.resource.slice(0, -1)));
  return has(known.verb, right.verb) && has(known.group, right.group) && hasResource && has(known.name, right.name);
}

function rightText({ verb, group, resource, name }: Right): string {
  return `${verb} ${resource}${group === '' ? '' : `.${group}`}${name === '*' ? '' : ` ${name}`}`;
}

/** Whom a binding names that it did not name before: `ServiceAccount shop/web gets ClusterRole admin`. */
export function newSubjects(before: Data | undefined, after: Data): string[] {
  const role = `${textAt(after, 'roleRef.kind') ?? ''} ${textAt(after, 'roleRef.name') ?? ''}`;
  const texts = (data: Data | undefined): string[] => listAt(data, 'subjects').map((subject) => `${textAt(subject, 'kind') ?? ''} ${textAt(subject, 'namespace') === undefined ? '' : `${textAt(subject, 'namespace')!}/`}${textAt(subject, 'name') ?? ''}`);
  const had = new Set(texts(before));
  return texts(after).filter((subject) => !had.has(subject)).map((subject) => `${subject} gets ${role}`);
}
