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
        fields: fields.map((field) => ({ path: field.path, type: field.type, from: field.before ?? null, to: field.after ?? null, declared: field.isDeclared, declaredBy: field.declaredBy })),
      })),
    })),
    limits,
  }, undefined, 2);
}
