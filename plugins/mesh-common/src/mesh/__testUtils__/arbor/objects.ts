/** Two pods, of which one is ready. */
export const CONTROL_PLANE = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: arbor-control, namespace: arbor }
spec: { replicas: 2, template: { spec: { containers: [{ name: control }] } } }
status: { readyReplicas: 1 }
`;

/** The settings of the namespace `shop`. */
export const settings = (data: string) => `
---
apiVersion: v1
kind: ConfigMap
metadata: { name: arbor, namespace: shop }
data: { ${data} }
`;

/** A pod `NAME-1` with a proxy. */
export const arborPod = (name: string) => `
---
apiVersion: v1
kind: Pod
metadata:
  name: ${name}-1
  namespace: shop
  labels: { app: ${name} }
  annotations: { arbor.example/join: 'yes' }
spec:
  serviceAccountName: ${name}
  containers: [{ name: app, ports: [{ containerPort: 8080 }] }, { name: arbor-proxy, ports: [{ containerPort: 7000 }] }]
status: { phase: Running, conditions: [{ type: Ready, status: 'True' }] }
`;
