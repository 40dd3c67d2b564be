import fc from 'fast-check';
import { kustomization, type Files } from './overlay-tree';

/** What a patch of a generated tree is for, and the field that it sets: one each, as people are told to write them. */
export const FIELDS: Readonly<Record<string, string>> = {
  version: 'spec.template.spec.containers[name=main].image',
  replicas: 'spec.replicas',
  settings: 'spec.template.spec.containers[name=main].env[name=MODE]',
  ready: 'spec.minReadySeconds',
  note: 'metadata.annotations.note',
  limits: 'spec.template.spec.containers[name=main].resources.limits.memory',
};

const STYLES = ['patches', 'patchesStrategicMerge'] as const;

interface PatchSpec {
  readonly kind: string;
  readonly value: number;
  readonly isStatic: boolean;
}

interface StageSpec {
  readonly style: (typeof STYLES)[number];
  readonly indent: string;
  readonly comments: boolean;
  readonly prefix: string;
  readonly component: boolean;
  readonly tag: number | undefined;
  /** Whether it has what most stages have by now. */
  readonly isUpToDate: boolean;
  readonly services: Readonly<Record<string, readonly PatchSpec[] | undefined>>;
}

const patchSpec = fc.record({ kind: fc.constantFrom(...Object.keys(FIELDS)), value: fc.integer({ min: 1, max: 2 }), isStatic: fc.boolean() });

const stageSpec: fc.Arbitrary<StageSpec> = fc.record({
  style: fc.constantFrom(...STYLES),
  indent: fc.constantFrom('', '  '),
  comments: fc.boolean(),
  prefix: fc.constantFrom('', '', '', 'x-'),
  component: fc.boolean(),
  tag: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  isUpToDate: fc.constantFrom(true, true, true, false),
  services: fc.record({ web: fc.option(patches(), { nil: undefined, freq: 6 }), mail: fc.option(patches(), { nil: undefined, freq: 2 }) }),
});

function withCommon(spec: StageSpec, common: readonly PatchSpec[]): StageSpec {
  const merged = (own: readonly PatchSpec[] | undefined): readonly PatchSpec[] | undefined => own && [...common, ...own.filter(({ kind, isStatic }) => isStatic || !common.some((one) => one.kind === kind))];
  return { ...spec, services: Object.fromEntries(Object.entries(spec.services).map(([service, own]) => [service, merged(own)])) };
}

function patches(): fc.Arbitrary<PatchSpec[]> {
  return fc.uniqueArray(patchSpec, { maxLength: 4, selector: ({ kind, isStatic }) => `${kind}${isStatic}` });
}

/** A tree with bases, a component, and overlays of stages that stand beside each other, each in its own style. */
export interface GeneratedTree {
  readonly files: Files;
  readonly stages: readonly string[];
  readonly specs: readonly StageSpec[];
}

export const generatedTree: fc.Arbitrary<GeneratedTree> = fc.record({
  stages: fc.array(stageSpec, { minLength: 2, maxLength: 3 }),
  flow: fc.boolean(),
  chained: fc.boolean(),
  common: fc.uniqueArray(patchSpec, { maxLength: 2, selector: ({ kind }) => kind }),
}).map(({ stages, flow, chained, common }) => {
  const specs = stages.map((spec) => (spec.isUpToDate ? withCommon(spec, common.map((one) => ({ ...one, isStatic: false }))) : spec));
  const names = specs.map((_, index) => ['dev', 'staging', 'production'][index]!);
  const files: Record<string, string> = {
    'apps/components/debug/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n- target: {kind: Deployment}\n  patch: |\n    - {op: add, path: /metadata/labels, value: {debug: "yes"}}\n',
  };
  for (const service of ['web', 'mail']) {
    files[`apps/base/${service}/kustomization.yaml`] = kustomization('resources: [manifests.yaml]\n');
    files[`apps/base/${service}/manifests.yaml`] = base(service, flow);
  }
  specs.forEach((spec, index) => Object.assign(files, overlay(names[index]!, spec)));
  // one more that is made from the last stage, as a test environment may be
  if (chained) files['apps/overlays/demo/kustomization.yaml'] = kustomization(`resources:\n- ../${names.at(-1)!}\nnameSuffix: -demo\n`);
  return { files, stages: names, specs };
});

function base(service: string, flow: boolean): string {
  const container = flow ? '      - {name: main, image: "ghcr.io/shop/NAME", env: [{name: LOG, value: "on"}]} # the only one' : '      # the only one\n      - name: main\n        image: ghcr.io/shop/NAME   # without a tag\n        env:\n          - name: LOG\n            value: "on"';
  return `# ${service}, as all stages have it\napiVersion: v1\nkind: Service\nmetadata: {name: ${service}}\nspec:\n  ports: [{port: 80}]\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${service} # its name\nspec:\n  selector:\n    matchLabels: {app: ${service}}\n  template:\n    metadata:\n      labels: {app: ${service}}\n    spec:\n      containers:\n${container.replaceAll('NAME', service)}\n`;
}

function overlay(stage: string, { style, indent, comments, prefix, component, tag, services }: StageSpec): Record<string, string> {
  const files: Record<string, string> = {};
  const folder = `apps/overlays/${stage}`;
  const present = Object.entries(services).filter(([, own]) => own !== undefined);
  const entries: string[] = [];
  for (const [service, own] of present) {
    for (const spec of own!) {
      const path = `${service}/${spec.isStatic ? '_' : ''}${spec.kind}.yaml`;
      files[`${folder}/${path}`] = patchText(service, spec);
      // JSON patches need a target, and so the one list that takes it
      if (spec.kind === 'note') entries.push(`- path: ${path}\n${indent}  target:\n${indent}    kind: Deployment\n${indent}    name: ${service}`);
      else entries.push(style === 'patches' ? `- path: ${path}` : `+ ${path}`);
    }
  }
  const list = (field: string, items: readonly string[]): string => (items.length === 0 ? '' : `${comments ? `\n# ${field} of ${stage}\n` : ''}${field}:\n${items.map((item) => `${indent}${item}\n`).join('')}`);
  files[`${folder}/kustomization.yaml`] = kustomization([
    prefix === '' ? '' : `namePrefix: ${prefix}\n`,
    list('resources', present.map(([service]) => `- ../../base/${service}${comments ? ' # the base' : ''}`)),
    component && present.length > 0 ? list('components', ['- ../../components/debug']) : '',
    list('patches', entries.filter((entry) => entry.startsWith('-'))),
    list('patchesStrategicMerge', entries.filter((entry) => entry.startsWith('+')).map((entry) => entry.replace('+', '-'))),
    tag === undefined ? '' : list('images', [`- name: ghcr.io/shop/mail\n${indent}  newTag: "1.${tag}"`]),
  ].join(''));
  return files;
}

function patchText(service: string, { kind, value }: PatchSpec): string {
  if (kind === 'note') return `- op: add\n  path: /metadata/annotations\n  value: {note: "${value}"}\n`;
  const main = (field: string): string => `  template:\n    spec:\n      containers:\n        - name: main\n          ${field}\n`;
  const fields: Readonly<Record<string, string>> = {
    version: main(`image: ghcr.io/shop/${service}:1.${value}`), replicas: `  replicas: ${value}\n`, settings: main(`env: [{name: MODE, value: "${value}"}]`), ready: `  minReadySeconds: ${value}\n`, limits: main(`resources: {limits: {memory: ${value}Gi}}`),
  };
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${service}\nspec:\n${fields[kind]!}`;
}
