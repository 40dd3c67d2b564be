import { baseName } from './path';

/**
 * What an object is called, whatever file it lies in and whatever version its API has: `apps/Deployment/shop/server`.
 * One without a name of its own, such as a kustomization.yaml, goes by its file.
 */
export function objectKey(object: unknown, file: string): string {
  const { apiVersion, kind, metadata } = mapping(object);
  const { namespace, name } = mapping(metadata);
  const group = groupOf(apiVersion);
  if (typeof name !== 'string' || group === 'kustomize.config.k8s.io') return `${group}/${text(kind)} in ${file}`;
  return `${group}/${text(kind)}/${text(namespace)}/${name}`;
}

/** As people say it: `Deployment/server`; for an object without a name, its file's. */
export function objectTitle(object: unknown, file: string): string {
  const { kind, metadata } = mapping(object);
  const { name } = mapping(metadata);
  return typeof name === 'string' ? `${text(kind)}/${name}` : text(kind) || baseName(file);
}

function groupOf(apiVersion: unknown): string {
  const slash = text(apiVersion).lastIndexOf('/');
  return slash < 0 ? '' : text(apiVersion).slice(0, slash);
}

function mapping(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
