/**
 * cdk8s' Chart and ApiObject override `Symbol.hasInstance`, which every subclass inherits, so `instanceof` lies.
 * Our classes carry a brand instead, which two copies of the package share.
 */
export function brand(instance: object, name: BrandName): void {
  Object.defineProperty(instance, Symbol.for(`fluxwright.${name}`), { value: true });
}

export function hasBrand(value: unknown, name: BrandName): boolean {
  return typeof value === 'object' && value !== null && Symbol.for(`fluxwright.${name}`) in value;
}

export type BrandName = 'GitopsApp' | 'Directory' | 'NamespaceDirectory' | 'Cluster' | 'DirectoryContent' | 'YamlFile' | 'Base' | 'Overlay' | 'Component' | 'VerbatimFile' | 'EncryptedFile' | 'SopsRules' | 'UpstreamManifest';
