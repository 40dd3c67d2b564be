import type { StageReport } from './formats';

/** For programs. */
export function stageJson({ one, other, difference }: StageReport): string {
  const { stages, services, limits } = difference;
  return JSON.stringify({
    from: one,
    to: other,
    stages,
    services: services.map(({ service, objects }) => ({
      service,
      objects: objects.map(({ kind, namespace, name, in: place, isDeclared, declaredBy, fields }) => ({
        kind, namespace: namespace ?? null, name, in: place, declared: isDeclared, declaredBy,
        fields: fields.map(({ path, type, before, after, isDeclared: own }) => ({ path, type, from: before ?? null, to: after ?? null, declared: own })),
      })),
    })),
    limits,
  }, undefined, 2);
}
