import type { Files } from '../diff/diff-files';
import { fleet, flux } from '../diff/fleet';

const web = fleet['apps/base/web.yaml']!;

/** The fleet after a change with dangers: a database is gone, a selector differs, staging waits for what is not there. */
export const dangerous: Files = Object.fromEntries(Object.entries<string>({
  ...fleet,
  'apps/base/web.yaml': web.replace('replicas: 3', 'replicas: 1').replace('value: info', 'value: debug').replace('      app: web\n  template', '      app: shop\n  template'),
  'clusters/production/apps.yaml': flux('apps', 'apps/production', '  dependsOn:\n    - name: data\n'),
  'clusters/staging/apps.yaml': flux('apps', 'apps/staging', '  dependsOn:\n    - name: date\n'),
  'data/production/kustomization.yaml': fleet['data/production/kustomization.yaml']!.replace('  - postgres.yaml\n', ''),
}).filter(([path]) => path !== 'data/production/postgres.yaml'));

/** One cluster with many Kustomizations, each with a few objects and dependencies; ten of them differ by `tag`. */
export function large(count: number, tag: string): Files {
  const numbers = Array.from({ length: count }, (_, index) => index);
  return {
    'clusters/production/flux-system/gotk-sync.yaml': fleet['clusters/production/flux-system/gotk-sync.yaml']!,
    'clusters/production/flux-system/kustomization.yaml': fleet['clusters/production/flux-system/kustomization.yaml']!,
    ...Object.fromEntries(numbers.flatMap((index) => [
      [`clusters/production/app-${index}.yaml`, flux(`app-${index}`, `apps/app-${index}`, index < 20 ? '' : `  dependsOn:\n    - name: app-${index % 20}\n`)],
      [`apps/app-${index}/app.yaml`, application(`app-${index}`, index % Math.ceil(count / 10) === 0 ? tag : '1.0.0')],
    ])),
  };
}

function application(name: string, tag: string): string {
  const metadata = `metadata:\n  name: ${name}\n  namespace: ${name}\n`;
  const settings = Array.from({ length: 40 }, (_, index) => `  SETTING_${index}: value-${index}-of-${name}\n`).join('');
  return [
    `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`,
    `apiVersion: v1\nkind: ConfigMap\n${metadata}data:\n${settings}`,
    `apiVersion: v1\nkind: Service\n${metadata}spec:\n  selector:\n    app: ${name}\n  ports:\n    - port: 80\n`,
    `apiVersion: v1\nkind: ServiceAccount\n${metadata}`,
    `apiVersion: apps/v1\nkind: Deployment\n${metadata}spec:\n  selector:\n    matchLabels:\n      app: ${name}\n  template:\n    metadata:\n      labels:\n        app: ${name}\n    spec:\n      containers:\n        - name: ${name}\n          image: registry.example.com/${name}:${tag}\n`,
  ].join('---\n');
}
