/** Who can decrypt: any one of them, each in SOPS's own notation. */
export interface SopsRecipients {
  /** age public keys, `age1…`, or SSH public keys. */
  readonly age?: readonly string[];

  /** PGP fingerprints. */
  readonly pgp?: readonly string[];

  /** Google Cloud KMS keys: `projects/…/locations/…/keyRings/…/cryptoKeys/…`. */
  readonly gcpKms?: readonly string[];

  /** AWS KMS keys: their ARNs, with a role or an encryption context where one is needed. */
  readonly awsKms?: readonly (string | AwsKmsKey)[];

  /** Azure Key Vault keys: `https://VAULT.vault.azure.net/keys/NAME/VERSION`. */
  readonly azureKeyVault?: readonly string[];

  /** HashiCorp Vault transit keys: `https://VAULT:8200/v1/ENGINE/keys/NAME`. */
  readonly hcVault?: readonly string[];
}

export interface AwsKmsKey {
  readonly arn: string;
  /** The ARN of the role to assume first. */
  readonly role?: string;
  /** Has to be the same for decryption. */
  readonly context?: Readonly<Record<string, string>>;
  /** The profile of the AWS configuration to use. */
  readonly profile?: string;
}

/** Which values of a file SOPS encrypts: at most one of the first four. */
export interface SopsCoverage {
  /** Values below keys that match, such as `^(data|stringData)$`. */
  readonly encryptedRegex?: string | null;
  /** All values but those below keys that match. */
  readonly unencryptedRegex?: string;
  /** Values below keys with this ending. */
  readonly encryptedSuffix?: string;
  /** All values but those below keys with this ending. */
  readonly unencryptedSuffix?: string;
}

/** One of the `creation_rules`: the first whose `pathRegex` matches a file says how it is encrypted. */
export interface SopsRule extends SopsRecipients, SopsCoverage {
  /**
   * Which files, by their path from the folder of `.sops.yaml`.
   * @default all that no earlier rule matches
   */
  readonly pathRegex?: string;

  /**
   * Values below keys that match are encrypted. Null encrypts the whole file, as files that are no Kubernetes objects need.
   * @default "^(data|stringData)$", unless another of its kind is given
   */
  readonly encryptedRegex?: string | null;

  /**
   * Whether the checksum covers encrypted values alone, so that the others can be edited without SOPS.
   * @default false
   */
  readonly macOnlyEncrypted?: boolean;

  /**
   * Groups of recipients of which several are needed together, in place of the recipients above.
   * @default one group: any recipient suffices
   */
  readonly keyGroups?: readonly SopsRecipients[];

  /**
   * Of how many key groups one recipient each is needed.
   * @default all of them
   */
  readonly shamirThreshold?: number;
}

/** What a rule encrypts, with the default filled in. */
export function coverageOf(rule: SopsRule): SopsCoverage {
  const { encryptedRegex, unencryptedRegex, encryptedSuffix, unencryptedSuffix } = rule;
  const chosen = [unencryptedRegex, encryptedSuffix, unencryptedSuffix].some((selector) => selector !== undefined);
  if (encryptedRegex === null) return { unencryptedRegex, encryptedSuffix, unencryptedSuffix };
  return { encryptedRegex: encryptedRegex ?? (chosen ? undefined : KUBERNETES_SECRETS), unencryptedRegex, encryptedSuffix, unencryptedSuffix };
}

/** The values of a Secret; its names and labels stay readable, so that kustomize can work with it. */
const KUBERNETES_SECRETS = '^(data|stringData)$';

/** The rule for a file, by its path from the folder of `.sops.yaml`. */
export function ruleFor(rules: readonly SopsRule[], path: string): SopsRule | undefined {
  return rules.find(({ pathRegex }) => pathRegex === undefined || matches(pathRegex, path));
}

/** Whether SOPS encrypts the value below these keys. */
export function covers({ encryptedRegex, unencryptedRegex, encryptedSuffix, unencryptedSuffix }: SopsCoverage, keys: readonly string[]): boolean {
  if (encryptedRegex) return keys.some((key) => matches(encryptedRegex, key));
  if (encryptedSuffix) return keys.some((key) => key.endsWith(encryptedSuffix));
  if (unencryptedRegex) return !keys.some((key) => matches(unencryptedRegex, key));
  if (unencryptedSuffix) return !keys.some((key) => key.endsWith(unencryptedSuffix));
  return true;
}

function matches(regex: string, text: string): boolean {
  return goRegExp(regex)?.test(text) ?? false;
}

/** V8 finds out when it is used first that one is too large. */
const LONGEST = 10_000;

/** A regular expression in Go's notation, as far as JavaScript can do the same; undefined for one that is none. */
export function goRegExp(regex: string): RegExp | undefined {
  const ignoreCase = regex.startsWith('(?i)');
  if (regex.length > LONGEST) return undefined;
  try {
    return new RegExp((ignoreCase ? regex.slice('(?i)'.length) : regex).replaceAll('(?P<', '(?<'), ignoreCase ? 'i' : '');
  } catch {
    return undefined;
  }
}
