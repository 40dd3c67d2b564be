import { isMapping, type Data } from '../../model/fields';
import { isPostgresCluster } from '../../model/postgres-clusters';
import type { SourceObject } from '../../model/source-object';
import { isPlaceholder } from '../placeholder';
import type { Rule } from '../rule';

export const workloadIdentityWithoutAccount: Rule = {
  id: 'workload-identity-without-account',
  severity: 'warning',
  why: 'A workload identity binding names a Kubernetes service account, and the one of a CNPG Cluster is called like the Cluster: with another name the pods may not read or write their backups.',
  example: `member: serviceAccount:shop.svc.id.goog[server/pg] # and the Cluster in "server" is called postgres`,
  fix: 'name the service account that the pods run as: for CNPG, the name of the Cluster',
  link: 'https://cloudnative-pg.io/documentation/current/appendixes/object_stores/#running-inside-google-kubernetes-engine',

  *find({ repository, clusters }) {
    const applied = [...clusters.flatMap(({ kustomizations }) => kustomizations.flatMap(({ objects }) => objects)), ...repository.objects];
    const accounts = new Map<string, Set<string>>();
    const enter = (namespace: string, name: string): void => void accounts.set(namespace, (accounts.get(namespace) ?? new Set()).add(name));
    for (const object of applied) if (object.kind === 'ServiceAccount' || isPostgresCluster(object)) enter(object.namespace ?? 'default', object.name);
    for (const object of repository.objects) {
      for (const [member, namespace, name] of membersIn(object)) {
        // of a namespace that has yet to get its name, the account is one of any
        const known = isPlaceholder(namespace) ? new Set([...accounts.values()].flatMap((names) => [...names])) : accounts.get(namespace);
        // a namespace of which the tree knows nothing is somebody else's
        if (known === undefined || known.has(name)) continue;
        const databases = [...new Set(applied.filter((one) => isPostgresCluster(one) && (one.namespace === namespace || isPlaceholder(namespace))).map((one) => one.name))];
        yield {
          at: { object },
          message: `${member} names the service account ${namespace}/${name}, which the tree does not make`,
          fix: databases.length === 1 ? `write "${member.replace(`/${name}]`, `/${databases[0]}]`)}", if the database is meant` : undefined,
        };
      }
    }
  },
};

function membersIn({ data }: SourceObject): [member: string, namespace: string, name: string][] {
  const found: [string, string, string][] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      const at = value.indexOf('.svc.id.goog[');
      if (at < 0) return;
      // no part of it may be as long, and over megabytes a regular expression takes more stack than there may be
      const around = value.slice(Math.max(0, at - 256), at + 1024);
      const [, member, namespace, name] = /((?<![\w-])[\w-]+\.svc\.id\.goog\[([a-z0-9-]+|\$\{\w+\})\/([a-z0-9.-]+)\])/.exec(around) ?? [];
      if (member !== undefined) found.push([member, namespace!, name!]);
    } else if (Array.isArray(value)) value.forEach(visit);
    else if (isMapping(value)) Object.values(value satisfies Data).forEach(visit);
  };
  visit(data);
  return found;
}
