/** What a matcher of jest or vitest gives. */
export interface MatchResult {
  readonly pass: boolean;
  readonly message: () => string;
}
