/** A release of an operator of widgets. */
export function widgets({ versions = ['v1'], size = 'type: integer', image = '1.0.0', verbs = 'get', name = 'operator' } = {}): string {
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.shop.example.com
spec:
  group: shop.example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  versions:
${versions.map((version, index) => `    - name: ${version}
      served: true
      storage: ${index === 0}
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                size: {${size}}
`).join('')}---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: widgets}
spec:
  selector: {matchLabels: {app: operator}}
  template:
    metadata: {labels: {app: operator}}
    spec:
      containers:
        - {name: operator, image: "example.com/operator:${image}"}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: operator}
rules:
  - {apiGroups: [""], resources: [secrets], verbs: [${verbs}]}
`;
}
