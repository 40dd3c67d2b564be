type Fields = Readonly<Record<string, unknown>>;

/** What a kustomization.yaml holds when one of its fields has become another. */
export function expectedKustomization(data: Fields, field: 'bases' | 'patchesStrategicMerge' | 'patchesJson6902' | 'commonLabels' | 'imageTags'): Fields {
  const { [field]: old, ...rest } = data;
  const list = (name: string): unknown[] => (Array.isArray(rest[name]) ? (rest[name] as unknown[]) : []);
  const items = Array.isArray(old) ? (old as unknown[]) : [];
  switch (field) {
    case 'bases':
      return { ...rest, resources: [...list('resources'), ...items] };
    case 'patchesStrategicMerge':
      return { ...rest, patches: [...items.map((item) => (String(item).includes('\n') ? { patch: item } : { path: item })), ...list('patches')] };
    case 'patchesJson6902':
      return { ...rest, patches: [...list('patches'), ...items] };
    case 'imageTags':
      return { ...rest, images: [...list('images'), ...items] };
    case 'commonLabels':
      return { ...rest, labels: [...list('labels'), { includeSelectors: true, pairs: old }] };
  }
}
