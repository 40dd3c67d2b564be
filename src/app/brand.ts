/**
 * cdk8s' Chart and ApiObject override `Symbol.hasInstance`, which every subclass inherits, so `instanceof` lies.
 * Our classes carry a brand instead, which two copies of the package share.
 */
export function brand(instance: object, name: BrandName): void {
  Object.defineProperty(instance, symbolOf(name), { value: true });
}

export function hasBrand(value: unknown, name: BrandName): boolean {
  return typeof value === 'object' && value !== null && symbolOf(name) in value;
}

/** Asked for every construct, several times: the registry of symbols is slow. */
const SYMBOLS: Partial<Record<BrandName, symbol>> = {};

function symbolOf(name: BrandName): symbol {
  return (SYMBOLS[name] ??= Symbol.for(`fluxwright.${name}`));
}

export type BrandName = 'GitopsApp' | 'Directory' | 'NamespaceDirectory' | 'Cluster' | 'DirectoryContent' | 'YamlFile' | 'Base' | 'Overlay' | 'Component' | 'VerbatimFile' | 'EncryptedFile' | 'SopsRules' | 'UpstreamManifest';
