import type { GitopsApp } from 'fluxwright';
import { EksEnvironment } from './environment';

/** Two environments, each an EKS cluster of its own. */
export function eks(app: GitopsApp): void {
  new EksEnvironment(app, 'dev', {
    domain: 'dev.example.io',
    region: 'us-east-2',
    loadBalancer: { name: 'dev-eks', dnsName: 'dev-eks-1234567890.us-east-2.elb.amazonaws.com' },
    searchEndpoint: 'vpc-dev-logs-abcdefghijklmnop.us-east-2.es.amazonaws.com',
    developers: 'arn:aws:iam::111122223333:role/k8s-developer',
    key: { age: 'age12fhe3f9k69ft4lspk2cttfd2d4q7k5vzmuceykwue62zussddv4sp8zdsg' },
  });
  new EksEnvironment(app, 'staging', {
    domain: 'staging.example.io',
    region: 'us-east-2',
    loadBalancer: { name: 'staging-eks', dnsName: 'staging-eks-0987654321.us-east-2.elb.amazonaws.com' },
    searchEndpoint: 'vpc-staging-logs-ponmlkjihgfedcba.us-east-2.es.amazonaws.com',
    developers: 'arn:aws:iam::111122223333:role/k8s-developer',
    key: { age: 'age1j7ch0hdt8gx8wl5d4dzcdnl8wgfv07k93vurc2rvme2v93a50p6qcwlht7' },
  });
}
