/** What an operator changes to run this platform elsewhere. */
export const site = {
  project: 'pht-01hp04dtnkf',
  repository: { url: 'ssh://git@github.com/PHACDataHub/cpho-phase2', web: 'https://github.com/PHACDataHub/cpho-phase2', branch: 'prod' },
  host: 'hopic-sdpac.data.phac.gc.ca',
  /** Ephemeral environments answer at `<namespace>.<this>`. */
  ephemeralDomain: 'dev.hopic-sdpac.data.phac.gc.ca',
  /** The addresses and names that the load balancer answers at, beside the hosts. */
  otherHosts: ['34.149.100.163', 'localhost', '34.152.0.41', '41.0.152.34.bc.googleusercontent.com'],
  externalAddress: 'hopic-external-ip',
  firewallPolicy: 'hopic-waf',
  certificateContact: 'simardeep.singh@phac-aspc.gc.ca',
  backups: 'gs://hopic-postgres-backup-01hp04dtnkf',
  imageRegistry: 'northamerica-northeast1-docker.pkg.dev/pht-01hp04dtnkf/hopic-k8s-images/cpho-phase2',
} as const;

/** The e-mail address of one of the project's Google service accounts. */
export function googleServiceAccount(name: string): string {
  return `${name}@${site.project}.iam.gserviceaccount.com`;
}

/** The annotation that lets a Kubernetes service account act as a Google one. */
export function actsAs(name: string): Record<string, string> {
  return { 'iam.gke.io/gcp-service-account': googleServiceAccount(name) };
}

/** The label that has the managed mesh put its proxy into the pods of a namespace. */
export const meshRevision = { 'istio.io/rev': 'asm-managed' };

/** The smallest requests that GKE Autopilot takes, with room to grow. */
export const smallResources = { requests: { cpu: '50m', memory: '112Mi' }, limits: { cpu: '250m', memory: '512Mi' } };
