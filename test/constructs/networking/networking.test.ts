import { Certificate, ClusterIssuer, DestinationRule, Directory, Gateway, GitopsApp, HTTPRoute, Issuer, IstioGateway, PeerAuthentication, VirtualService } from 'fluxwright';
import { textOf } from '../../trees';

test('writes cert-manager, Gateway API and Istio objects in the version that is asked for', () => {
  const app = new GitopsApp({ name: 'shop' });
  const mesh = new Directory(app, 'mesh');

  new ClusterIssuer(mesh, 'cluster-issuer', { name: 'letsencrypt', spec: { acme: { server: 'https://acme.example.com', privateKeySecretRef: { name: 'acme' }, preferredChain: '', solvers: [{ dns01: { cloudDNS: { project: 'shop' } }, selector: {} }] } } });
  new Issuer(mesh, 'issuer', { spec: { selfSigned: {} } });
  new Certificate(mesh, 'certificate', { spec: { secretName: 'tls', dnsNames: ['*.example.com'], issuerRef: { kind: 'ClusterIssuer', name: 'letsencrypt' }, privateKey: { algorithm: 'RSA', size: 2048 } } });
  new Gateway(mesh, 'gateway', { apiVersion: 'v1beta1', spec: { gatewayClassName: 'gke-l7-regional-external-managed', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] } });
  new HTTPRoute(mesh, 'route', { labels: { gateway: 'gateway' }, spec: { parentRefs: [{ name: 'gateway' }], rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] }] } });
  new IstioGateway(mesh, 'mesh-gateway', { apiVersion: 'v1beta1', spec: { selector: { istio: 'ingressgateway' }, servers: [{ hosts: ['*'], port: { name: 'http', number: 80, protocol: 'HTTP' }, tls: { httpsRedirect: true } }] } });
  new VirtualService(mesh, 'web', { spec: { hosts: ['web.example.com'], http: [{ match: [{ uri: { prefix: '/' } }], route: [{ destination: { host: 'web' } }] }] } });
  new VirtualService(mesh, 'old', { apiVersion: 'v1alpha3', spec: { hosts: ['old.example.com'] } });
  new DestinationRule(mesh, 'subsets', { apiVersion: 'v1alpha3', spec: { host: 'web', subsets: [{ name: 'v1', labels: { version: 'v1' } }], trafficPolicy: { loadBalancer: { simple: 'LEAST_REQUEST' } } } });
  new DestinationRule(mesh, 'rule', { spec: { host: 'web' } });
  new PeerAuthentication(mesh, 'strict', { namespace: 'istio-system', spec: { mtls: { mode: 'STRICT' } } });

  expect(withoutHeaders(app, ['cluster-issuer', 'issuer', 'certificate', 'gateway', 'route', 'mesh-gateway', 'web', 'old', 'subsets', 'rule', 'strict'])).toMatchInlineSnapshot(`
"apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata:
  name: letsencrypt
spec:
  acme:
    server: https://acme.example.com
    privateKeySecretRef:
      name: acme
    preferredChain: ""
    solvers:
      - dns01:
          cloudDNS:
            project: shop
        selector: {}
---
apiVersion: cert-manager.io/v1
kind: Issuer
metadata:
  name: issuer
spec:
  selfSigned: {}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: certificate
spec:
  secretName: tls
  dnsNames:
    - "*.example.com"
  issuerRef:
    kind: ClusterIssuer
    name: letsencrypt
  privateKey:
    algorithm: RSA
    size: 2048
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: Gateway
metadata:
  name: gateway
spec:
  gatewayClassName: gke-l7-regional-external-managed
  listeners:
    - name: http
      port: 80
      protocol: HTTP
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: route
  labels:
    gateway: gateway
spec:
  parentRefs:
    - name: gateway
  rules:
    - filters:
        - type: RequestRedirect
          requestRedirect:
            scheme: https
---
apiVersion: networking.istio.io/v1beta1
kind: Gateway
metadata:
  name: mesh-gateway
spec:
  selector:
    istio: ingressgateway
  servers:
    - hosts:
        - "*"
      port:
        name: http
        number: 80
        protocol: HTTP
      tls:
        httpsRedirect: true
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: web
spec:
  hosts:
    - web.example.com
  http:
    - match:
        - uri:
            prefix: /
      route:
        - destination:
            host: web
---
apiVersion: networking.istio.io/v1alpha3
kind: VirtualService
metadata:
  name: old
spec:
  hosts:
    - old.example.com
---
apiVersion: networking.istio.io/v1alpha3
kind: DestinationRule
metadata:
  name: subsets
spec:
  host: web
  subsets:
    - name: v1
      labels:
        version: v1
  trafficPolicy:
    loadBalancer:
      simple: LEAST_REQUEST
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: rule
spec:
  host: web
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: strict
  namespace: istio-system
spec:
  mtls:
    mode: STRICT
"
`);
});

test('takes only what the kind\'s schema has', () => {
  const mesh = new Directory(new GitopsApp({ name: 'shop' }), 'mesh');

  // @ts-expect-error an Istio field in a Gateway of the Gateway API
  new Gateway(mesh, 'gateway', { spec: { gatewayClassName: 'istio', listeners: [], servers: [] } });
  // @ts-expect-error a mode that there is not
  new PeerAuthentication(mesh, 'lax', { spec: { mtls: { mode: 'LAX' } } });
});

test('refuses a name that no API server takes', () => {
  const mesh = new Directory(new GitopsApp({ name: 'shop' }), 'mesh');

  const declare = () => new Certificate(mesh, 'certificate', { name: '*.example.com', spec: { secretName: 'tls', issuerRef: { name: 'letsencrypt' } } });

  expect(declare).toThrowErrorMatchingInlineSnapshot(`
"Certificate "mesh/certificate" has metadata.name "*.example.com"
  fix: use lower-case letters, digits, "-" and ".", starting and ending with a letter or digit"
`);
});

function withoutHeaders(app: GitopsApp, files: readonly string[]): string {
  return files.map((file) => textOf(app, `k8s/mesh/${file}.yaml`).replace(/^#.*\n/, '')).join('---\n');
}
