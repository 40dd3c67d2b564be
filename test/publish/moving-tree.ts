import type { File } from '../../src/tree/file';
import { configMap, deployment, generated, marked } from './repository';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

/** Objects of one policy each, in files that stay: a and b change places, c, d and e move on by one, f goes from the last file to a new one. */
export function movingTree(isMoved: boolean): File[] {
  const objectsIn = isMoved ? ['b', 'a', 'none', 'c', 'd', 'e', 'f'] : ['a', 'b', 'c', 'd', 'e', 'f'];
  return objectsIn.map((name, index) => generated(`k8s/${index}.yaml`, [configMap(`stays-${index}`, {}), ...(name === 'none' ? [] : [deployment(marked(`ghcr.io/shop/${name}:start`, `flux-system:${name}`), { name })])]));
}

/** What nobody has committed: the tag of each object, one of them taken back to what stands in code. */
export const TAGS: Readonly<Record<string, string>> = Object.fromEntries(NAMES.map((name) => [name, name === 'd' ? 'start' : `hotfix-${name}`]));
