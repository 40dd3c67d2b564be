import type { TargetKind } from './object-reference';

/** What every cluster has, or its provider brings, by kind. */
const KNOWN: Readonly<Record<string, RegExp>> = {
  // of Kubernetes, OpenShift, Istio, Linkerd
  ConfigMap: /^(kube-root-ca\.crt|openshift-service-ca\.crt|istio-ca-root-cert|linkerd-identity-trust-roots|extension-apiserver-authentication|cluster-info|coredns|aws-auth)$/,
  // flux bootstrap's own key for the repository
  Secret: /^flux-system$/,
  ServiceAccount: /^(default|builder|deployer|(kustomize|source|helm|notification|image-reflector|image-automation|source-watcher)-controller|flux-operator)$/,
  PriorityClass: /^system-(cluster|node)-critical$|^openshift-user-critical$|^gmp-critical$/,
  Service: /^(kubernetes|kube-dns|source-controller|notification-controller|webhook-receiver|image-reflector-controller|metrics-server)$/,
  Deployment: /^(coredns|metrics-server|(kustomize|source|helm|notification|image-reflector|image-automation)-controller)$/,
};

/** Names that providers of clusters give to their classes of storage. */
const PROVIDED_STORAGE = /^(gp[23](-.*)?|io[12]|standard(-rw[ox](-.*)?)?|premium-rw[ox]|enterprise-.*|managed(-csi)?(-premium)?(-.*)?|azure(file|blob).*|default|local-path|hostpath|microk8s-hostpath|do-block-storage.*|hcloud-volumes.*|linode-.*|vultr-.*|csi-cinder-.*|scw-.*|sbs-.*|exoscale-.*|oci(-.*)?|ibmc-.*|ebs-sc|efs-sc|ocs-.*|thin(-csi)?|pd-.*|hyperdisk-.*|manual|local-storage|-)$/;

/** Classes that clusters come with. */
const PROVIDED_INGRESS = /^(alb|gce(-internal)?|nginx|traefik|azure-application-gateway|webapprouting\.kubernetes\.azure\.com|openshift-default|public|cloudflare-tunnel|tailscale)$/;

/** Classes that a controller or a provider makes for itself. */
const MADE_GATEWAY = /^(gke-.*|istio(-.*)?|cilium(-.*)?|amazon-vpc-lattice|azure-alb-external|eg|envoy-gateway|nginx|traefik|kong|contour|tailscale)$/;

export function isKnownOutsider({ group, kind }: TargetKind, name: string): boolean {
  if (kind === 'StorageClass') return PROVIDED_STORAGE.test(name);
  if (kind === 'GatewayClass') return MADE_GATEWAY.test(name);
  if (kind === 'IngressClass') return PROVIDED_INGRESS.test(name);
  return (group === '' || group === 'apps' || kind === 'PriorityClass') && Object.hasOwn(KNOWN, kind) && KNOWN[kind]!.test(name);
}
