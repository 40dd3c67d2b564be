/** What rules of the CRDs that come along say, whose own messages are not packaged. */
const WORDS: Readonly<Record<string, string>> = {
  // Flux
  '(has(self.chart) && !has(self.chartRef)) || (!has(self.chart) && has(self.chartRef))': 'write chart or chartRef, one of them',
  '!has(self.configMapRef) || !has(self.secretRef)': 'write configMapRef or secretRef, not both',
  'has(self.configMapRef) || has(self.secretRef)': 'write configMapRef or secretRef',
  "!has(self.retryInterval) || self.name != 'RemediateOnFailure'": 'retryInterval has no meaning with RemediateOnFailure',
  "!has(self.retryInterval) || self.name == 'RetryOnFailure'": 'retryInterval is for RetryOnFailure',
  "!has(self.interval) || (has(self.digestReflectionPolicy) && self.digestReflectionPolicy == 'Always')": 'interval needs "digestReflectionPolicy: Always"',
  "has(self.interval) || !has(self.digestReflectionPolicy) || self.digestReflectionPolicy != 'Always'": '"digestReflectionPolicy: Always" needs an interval',
  "self.type == 'generic-oidc' || has(self.secretRef)": 'secretRef is missing, which every type but generic-oidc needs',
  "self.type != 'generic-oidc' || !has(self.secretRef)": 'the type generic-oidc has no secretRef',
  "!has(self.secretRef) || !has(self.serviceAccountName)": 'write secretRef or serviceAccountName, not both',
  "!has(self.serviceAccountName) || (has(self.provider) && (self.provider == 'azure' || self.provider == 'aws'))": 'serviceAccountName is for the providers azure and aws',
  "self.provider != 'generic' || !has(self.serviceAccountName)": 'serviceAccountName is for providers other than generic',
  "!has(self.verify) || self.sourceRef.kind == 'HelmRepository'": 'verify is for charts from a HelmRepository',
  // CloudNativePG
  '!(has(self.imageCatalogRef) && has(self.imageName))': 'write imageName or imageCatalogRef, not both',
  "self.kind == 'ImageCatalog' || self.kind == 'ClusterImageCatalog'": 'the kind is ImageCatalog or ClusterImageCatalog',
  "self.apiGroup == 'postgresql.cnpg.io'": 'the apiGroup is postgresql.cnpg.io',
  "!has(self.icuLocale) || self.localeProvider == 'icu'": 'icuLocale needs "localeProvider: icu"',
  "!has(self.icuRules) || self.localeProvider == 'icu'": 'icuRules needs "localeProvider: icu"',
  "!has(self.builtinLocale) || self.localeProvider == 'builtin'": 'builtinLocale needs "localeProvider: builtin"',
  "self != 'postgres'": 'the database postgres is the operator\'s',
  "self != 'template0'": 'the database template0 is Postgres\' own',
  "self != 'template1'": 'the database template1 is Postgres\' own',
};

/** @param rule on one line */
export function wordsOf(rule: string): string | undefined {
  return Object.hasOwn(WORDS, rule) ? WORDS[rule] : undefined;
}

/** The rules that have words here. */
export const toldRules: readonly string[] = Object.keys(WORDS);
