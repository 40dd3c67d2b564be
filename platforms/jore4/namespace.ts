import { k8s, KubeObject, YamlFile, type Directory } from 'fluxwright';
import type { Definitions } from './definitions';
import { namespace } from './names';

/** The namespace of a stage, and what containers get in it that say nothing themselves. */
export function namespaceWithLimits(directory: Directory, { cpu, memory }: Definitions['limits']): void {
  new k8s.KubeNamespace(directory, 'jore4-namespace', { metadata: { name: namespace } });
  const file = new YamlFile(directory, 'jore4-limit-range');
  const limits = [
    ['mem-limit-range', { default: { memory: memory.default }, defaultRequest: { memory: memory.defaultRequest } }],
    ['cpu-limit-range', { default: { cpu: cpu.default }, defaultRequest: { cpu: cpu.defaultRequest } }],
  ] as const;
  for (const [name, limit] of limits) {
    new KubeObject(file, name, { of: k8s.KubeLimitRange, object: { metadata: { name, namespace }, spec: { limits: [{ type: 'Container', ...limit }] } } });
  }
}
