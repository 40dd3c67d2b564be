import { listAt, textAt } from '../model/fields';
import type { Repository } from '../model/repository';
import type { SourceObject } from '../model/source-object';
import { isFluxKustomization } from '../model/sources';

/** What a tree has of a branch's environment, beside what stands in the branch. */
export interface EnvironmentInstance {
  /** The files of its objects. */
  readonly files: readonly string[];
  readonly fluxNamespace: string;
  /** Its Kustomizations, those first that others of them stand on. */
  readonly kustomizations: readonly string[];
  /** Those that stand on others of them: database and application. */
  readonly dependants: readonly string[];
}

/** The GitRepository of the branch that is named after the namespace, and what has it for a source. */
export function findInstance(repository: Repository, { branch, namespace }: { readonly branch: string; readonly namespace: string }): EnvironmentInstance | undefined {
  const source = repository.objects.find((object) => object.kind === 'GitRepository' && object.name === namespace && textAt(object.data, 'spec.ref.branch') === branch);
  if (source === undefined) return undefined;
  const own = repository.objects.filter((object) => isFluxKustomization(object) && object.file === source.file && textAt(object.data, 'spec.sourceRef.name') === namespace);
  const names = new Set(own.map(({ name }) => name));
  const dependants = own.filter((object) => dependenciesOf(object).some((name) => names.has(name))).map(({ name }) => name);
  return { files: [source.file], fluxNamespace: source.namespace ?? 'flux-system', kustomizations: [...names].sort((a, b) => Number(dependants.includes(a)) - Number(dependants.includes(b))), dependants };
}

function dependenciesOf({ data }: SourceObject): string[] {
  return listAt(data, 'spec.dependsOn').flatMap((one) => textAt(one, 'name') ?? []);
}

/** Where a tree already says something of a namespace, other than the environment of that branch: `k8s/web/namespace.yaml:2 (Namespace web)`. */
export function findNamespaceUse(repository: Repository, { branch, namespace }: { readonly branch: string; readonly namespace: string }): string | undefined {
  const own = new Set(findInstance(repository, { branch, namespace })?.files);
  const object = repository.objects.find((one) => !own.has(one.file) && ((one.kind === 'Namespace' && one.name === namespace) || one.namespace === namespace || (isFluxKustomization(one) && textAt(one.data, 'spec.targetNamespace') === namespace)
    || (one.kind === 'GitRepository' && one.name === namespace)));
  if (object !== undefined) return `${object.file}:${object.line} (${object.kind} ${object.name})`;
  const kustomization = [...repository.kustomizations.values()].find(({ data }) => textAt(data, 'namespace') === namespace);
  return kustomization === undefined ? undefined : `${kustomization.path} (namespace: ${namespace})`;
}
