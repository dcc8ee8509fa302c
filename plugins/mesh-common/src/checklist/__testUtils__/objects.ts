/** A Deployment of the namespace `shop` for the pods with the label `app: NAME`, as one YAML document. */
export function deployment(
  name: string,
  options: {
    template?: string;
    kind?: string;
    namespace?: string;
    status?: string;
    replicas?: number;
  } = {},
): string {
  const {
    template = 'containers: [{ name: app, ports: [{ containerPort: 8080 }] }]',
    kind = 'Deployment',
    namespace = 'shop',
    status = '{}',
    replicas = 2,
  } = options;
  return `
---
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name} } }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { ${template} }
status: ${status}
`;
}

export const BUDGET = `
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: reviews, namespace: shop }
spec: { minAvailable: 1, selector: { matchLabels: { app: reviews } } }
`;

export const NETWORK_POLICY = `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: reviews, namespace: shop }
spec: { podSelector: { matchLabels: { app: reviews } } }
`;

export function autoscaler(kind: string, maxReplicas = 5): string {
  return `
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: reviews, namespace: shop }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: ${kind}, name: reviews }
  minReplicas: 2
  maxReplicas: ${maxReplicas}
`;
}
