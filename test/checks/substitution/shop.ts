import { bootstrapped, kustomization, type Files } from '../check-tree';

/** A cluster whose Flux Kustomization `shop` has `postBuild`, and applies these objects. */
export function shop(postBuild: string, objects: Files): Files {
  return {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/shop.yaml': kustomization('shop', './shop', postBuild),
    ...Object.fromEntries(Object.entries(objects).map(([name, text]) => [name.includes('/') ? name : `shop/${name}`, text])),
  };
}

export const SET = 'postBuild:\n  substitute:\n    HOSTNAME: shop.example.com\n';

/** A ConfigMap with one field of data, as a block. */
export function configMap(key: string, text: string, metadata = ''): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\n${metadata}data:\n  ${key}: |\n${text.replace(/^(?=.)/gm, '    ')}\n`;
}

/** A ConfigMap with plain data. */
export function settings(data: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\ndata:\n  ${data}\n`;
}
