import type { FluxRelease } from 'fluxwright';

/** How the tree of `parity-tree` differs from the committed one: the state that the original repository is in. */
export interface Flux2GitopsOptions {
  /**
   * The Flux release that the clusters run.
   * @default the newest
   */
  readonly fluxRelease?: FluxRelease;

  /**
   * The Secret with the key that decrypts: the original's holds a PGP key.
   * @default "sops-age"
   */
  readonly decryptionSecret?: string;

  /**
   * The name of the Secret with Linkerd's certificates, hash and all.
   * @default one with a hash of what is in it
   */
  readonly linkerdCertificates?: string;
}
