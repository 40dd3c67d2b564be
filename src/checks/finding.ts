import type { Severity } from './rule';

/** What a rule found, with where it stands. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** From the tree's root. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** `Deployment shop/server`, if it is about an object. */
  readonly object?: string;
  readonly message: string;
  readonly fix: string;
  /** The Flux Kustomizations that it concerns, `cluster: namespace/name`, where it matters. */
  readonly in: readonly string[];
}

/** Why rules were not run, said once. */
export interface Skipped {
  readonly rules: readonly string[];
  readonly reason: string;
  readonly fix: string;
}

/** The outcome of a check. */
export interface CheckResult {
  /** By file and line. */
  readonly findings: readonly Finding[];
  readonly skipped: readonly Skipped[];
  /** How many findings the project has chosen to live with, by annotation or configuration. */
  readonly suppressed: number;
  readonly counts: { readonly files: number; readonly objects: number; readonly kustomizations: number; readonly clusters: number; readonly rules: number };
}
