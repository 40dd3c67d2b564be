import { createHash } from 'node:crypto';
import type { AppliedObject } from '../../model/applied-object';
import { at, listAt, textAt } from '../../model/fields';
import type { BuildRequest } from '../../model/flux-kustomization';
import type { Repository } from '../../model/repository';
import type { Walker } from '../../model/walk';
import { closureOf, type FindDownload } from '../../render/closure';

/** Tells by one text everything that a build of a Flux Kustomization depends on: two with the same one build the same. */
export function buildInputs(repository: Repository, walker: Walker, find: FindDownload): (request: Pick<BuildRequest, 'object' | 'path' | 'namespace'>) => string {
  const generators = new Map<string, string>();
  const digestOf = (path: string, flux: BuildRequest['object']['data'] | undefined): string => {
    const { digest, failure = '', leftOut } = closureOf(path, flux, repository, walker, find);
    return [digest, failure, ...leftOut].join('\0');
  };
  /** What a kustomization.yaml generates depends on all that it reads. */
  const generatorDigest = (directory: string): string => {
    let digest = generators.get(directory);
    if (digest === undefined) generators.set(directory, (digest = digestOf(directory, undefined)));
    return digest;
  };
  const sources = (object: AppliedObject, namespace: string): string[] => listAt(object.data, 'spec.postBuild.substituteFrom').flatMap((source) => {
    const [kind, name] = [textAt(source, 'kind'), textAt(source, 'name')];
    const written = repository.objects.filter((one) => one.group === '' && one.kind === kind && one.name === name && (one.namespace ?? namespace) === namespace).map(({ file, data }) => `${file}\0${JSON.stringify(data)}`);
    const generated = [...repository.kustomizations.values()].filter(({ data }) => (['configMapGenerator', 'secretGenerator'] as const).some((field) => listAt(data, field).some((generator) => textAt(generator, 'name') === name)));
    return [...written, ...generated.map(({ directory }) => generatorDigest(directory))];
  });
  return ({ object, path, namespace }) => {
    const parts = [namespace, object.name, path, digestOf(path, object.data), JSON.stringify(at(object.data, 'spec.postBuild') ?? null), JSON.stringify(at(object.data, 'spec.commonMetadata') ?? null), ...sources(object, namespace)];
    return createHash('sha256').update(parts.join('\0')).digest('hex');
  };
}
