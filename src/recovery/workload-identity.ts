import { mappingAt, textAt } from '../model/fields';
import type { Repository } from '../model/repository';
import { shellWord } from '../publish/shell-word';
import type { LiveDatabase } from './live-database';
import type { RecoveryStep } from './step';
import { textsIn } from './texts';

/** What lets a copy read the archive, and how that is taken back. */
export interface AccountAccess {
  readonly step: RecoveryStep;
  /** Commands for when the copy is gone. */
  readonly undo: readonly string[];
}

/**
 * CNPG names the ServiceAccount of a cluster like the cluster, and the cloud knows accounts by name: a copy has another one,
 * which is to be let in first.
 */
export function accessForCopy(live: LiveDatabase, copy: string, repository: Repository): AccountAccess | undefined {
  const annotations = mappingAt(live.spec, 'serviceAccountTemplate.metadata.annotations');
  const account = `${live.namespace}/${copy}`;
  const binding = findBinding(live, repository);
  const google = textAt(annotations, ['iam.gke.io/gcp-service-account']);
  const title = `Let the copy's ServiceAccount ${account} read the backups, as ${live.namespace}/${live.name} may`;
  const notes = binding === undefined ? [] : [`${binding.title} in ${binding.file} names [${live.namespace}/${live.name}] alone; for a copy that stays, add the member there, and let Flux make the binding`];
  if (google !== undefined) {
    const pool = binding?.pool ?? `serviceAccount:${/@([^.]+)\./.exec(google)?.[1] ?? 'PROJECT'}.svc.id.goog`;
    const change = (verb: string): string => `gcloud iam service-accounts ${verb}-iam-policy-binding ${shellWord(google)} --role=roles/iam.workloadIdentityUser --member=${shellWord(`${pool}[${account}]`)}`;
    const guess = binding === undefined ? ['the project before .svc.id.goog is the one that the Kubernetes cluster is in'] : [];
    return { step: { title, commands: [change('add')], notes: [...notes, ...guess] }, undo: [change('remove')] };
  }
  const role = textAt(annotations, ['eks.amazonaws.com/role-arn']);
  if (role !== undefined) return { step: { title, commands: [], notes: [`the trust policy of ${role} has to allow the subject system:serviceaccount:${live.namespace}:${copy}`, ...notes] }, undo: [] };
  const client = textAt(annotations, ['azure.workload.identity/client-id']);
  if (client !== undefined) {
    const at = '--identity-name "$IDENTITY" --resource-group "$RESOURCE_GROUP"';
    return {
      step: { title, commands: [`az identity federated-credential create --name ${copy} ${at} --issuer "$OIDC_ISSUER" --subject system:serviceaccount:${live.namespace}:${copy} --audiences api://AzureADTokenExchange`], notes: [`IDENTITY is the name of the identity with the client id ${client}`, ...notes] },
      undo: [`az identity federated-credential delete --name ${copy} ${at}`],
    };
  }
  return binding === undefined ? undefined : { step: { title, commands: [], notes }, undo: [] };
}

/** The object that lets the live database's account in: `…svc.id.goog[namespace/name]`. */
function findBinding({ cluster, namespace, name }: LiveDatabase, repository: Repository): { readonly title: string; readonly file: string; readonly pool: string } | undefined {
  const account = `[${namespace}/${name}]`;
  const applied = cluster.kustomizations.flatMap(({ objects }) => objects.map(({ kind, name: called, data, source, generatedBy }) => ({ title: `${kind} ${called}`, data, file: source?.file ?? generatedBy ?? 'the tree' })));
  const written = repository.objects.map(({ kind, name: called, data, file }) => ({ title: `${kind} ${called}`, data, file }));
  for (const { title, data, file } of [...applied, ...written]) {
    for (const text of textsIn(data)) {
      const at = text.indexOf(account);
      if (at > 0 && !/\s/.test(text.slice(0, at))) return { title, file, pool: text.slice(0, at) };
    }
  }
  return undefined;
}
