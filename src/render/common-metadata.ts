import { at, mapping, mappingAt, type Data } from '../model/fields';

/** An object with the labels and annotations that its Flux Kustomization puts on all that it applies. */
export function withCommonMetadata(object: Data, kustomization: Data): Data {
  const common = at(kustomization, 'spec.commonMetadata');
  if (common === undefined) return object;
  const metadata: Record<string, unknown> = { ...mappingAt(object, 'metadata') };
  for (const field of ['labels', 'annotations']) {
    const merged = { ...mapping(metadata[field]), ...mappingAt(common, field) };
    if (Object.keys(merged).length > 0) metadata[field] = merged;
  }
  return { ...object, metadata };
}
