/** Something of ours that another release would break. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  /** What it is about: `Certificate web/tls`, `the patch`. */
  readonly subject: string;
  /** Follows the subject. */
  readonly text: string;
}
