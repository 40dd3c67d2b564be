/** What a GKE policy is attached to. */
export interface PolicyTarget {
  /** `""` for a Service, `net.gke.io` for a ServiceImport. */
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}
