import { baseName, directoryOf } from '../tree/path';
import { listAt, mapping, textAt, textsAt, type Data, type Step } from './fields';

/** The names that kustomize reads a kustomization by. */
export const KUSTOMIZATION_NAMES: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

export function isKustomizationPath(path: string): boolean {
  return KUSTOMIZATION_NAMES.includes(baseName(path));
}

/** A kustomization.yaml of a tree. */
export interface KustomizationFile {
  readonly path: string;
  readonly directory: string;
  readonly isComponent: boolean;
  readonly data: Data;
}

export function kustomizationFile(path: string, object: unknown): KustomizationFile {
  const data = mapping(object);
  return { path, directory: directoryOf(path), isComponent: data['kind'] === 'Component', data };
}

/** A place where a kustomization.yaml names another file or directory, or a URL. */
export interface Reference {
  /** As written. */
  readonly target: string;
  /** Where in the kustomization.yaml. */
  readonly path: readonly Step[];
  /**
   * What kustomize does with it: `resources` become part of the render, `components` change it, `patches` are applied;
   * a generator's `inputs` are data; the rest configures.
   */
  readonly role: 'resources' | 'components' | 'patches' | 'inputs' | 'configuration';
}

/** Everything that a kustomization.yaml refers to. Inline patches and inline transformers refer to nothing. */
export function referencesOf({ data }: KustomizationFile): Reference[] {
  const found: Reference[] = [];
  const add = (role: Reference['role'], target: string | undefined, path: readonly Step[]): void => {
    if (target !== undefined && target !== '' && !isInline(target)) found.push({ target, path, role });
  };
  const addTexts = (role: Reference['role'], field: string): void => listAt(data, field).forEach((target, index) => add(role, typeof target === 'string' ? target : undefined, [field, index]));

  addTexts('resources', 'resources');
  addTexts('resources', 'bases');
  addTexts('components', 'components');
  addTexts('patches', 'patchesStrategicMerge');
  for (const field of ['patches', 'patchesJson6902', 'replacements']) {
    listAt(data, field).forEach((entry, index) => add(field === 'replacements' ? 'configuration' : 'patches', textAt(entry, 'path'), [field, index, 'path']));
  }
  for (const field of ['configurations', 'crds', 'generators', 'transformers', 'validators']) addTexts('configuration', field);
  add('configuration', textAt(data, 'openapi.path'), ['openapi', 'path']);
  for (const field of ['configMapGenerator', 'secretGenerator']) {
    listAt(data, field).forEach((generator, index) => {
      textsAt(generator, 'files').forEach((file, at) => add('inputs', file.slice(file.indexOf('=') + 1), [field, index, 'files', at]));
      textsAt(generator, 'envs').forEach((file, at) => add('inputs', file, [field, index, 'envs', at]));
      add('inputs', textAt(generator, 'env'), [field, index, 'env']);
    });
  }
  return found;
}

/** A resource or patch that is written in place of a path. */
function isInline(target: string): boolean {
  return target.includes('\n') || /^\s*[{[]/.test(target);
}

/** Whether kustomize would fetch it: a URL, or a Git repository in one of its spellings. */
export function isRemote(target: string): boolean {
  return /^[a-z+]+:\/\/|^git::|^git@|\?(ref|version|timeout|submodules)=|\.git(\/|$|\?)/.test(target) || /^(www\.)?(github|gitlab|bitbucket)\.[a-z]+[/:]/.test(target);
}

/** `target` as seen from a directory of the tree; undefined where it leads out of it. */
export function resolveTarget(directory: string, target: string): string | undefined {
  if (!STEPS_AROUND.test(target)) return directory === '' ? target : `${directory}/${target}`;
  const steps = target.startsWith('/') ? [] : directory === '' ? [] : directory.split('/');
  for (const step of target.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}

/** An empty step, `.` or `..`, which few targets have. */
const STEPS_AROUND = /(?:^|\/)\.{0,2}(?:\/|$)/;

