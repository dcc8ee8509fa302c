import { CONTROL_PLANE, meshedPod } from '../../linkerd/__testUtils__/cluster';

const SERVICE_PORTS = `ports: [{ name: http, port: 80, targetPort: http }]`;

/** Things of a cluster with Linkerd that belong together, each with something that checks look at. */
export const LINKERD_SITUATIONS: readonly string[] = [
  `${CONTROL_PLANE}---
apiVersion: apps/v1
kind: Deployment
metadata: { name: linkerd-destination, namespace: linkerd }
spec: { template: { metadata: { labels: { linkerd.io/control-plane-component: destination } } } }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { linkerd.io/inject: enabled, config.linkerd.io/opaque-ports: "80" } }
`,
  `${meshedPod('cart')}
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: http, namespace: shop, creationTimestamp: 2026-01-01T00:00:00Z }
spec: { podSelector: { matchLabels: { app: cart } }, port: http }
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: late, namespace: shop, creationTimestamp: 2026-02-01T00:00:00Z }
spec: { podSelector: { matchLabels: { app: cart } }, port: 8080 }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: web, namespace: shop }
spec:
  targetRef: { group: policy.linkerd.io, kind: Server, name: http }
  requiredAuthenticationRefs: [{ group: policy.linkerd.io, kind: MeshTLSAuthentication, name: web }]
---
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: web, namespace: shop }
spec: { identityRefs: [{ kind: ServiceAccount, name: web }] }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: web, namespace: shop }
`,
  `${meshedPod('web')}
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop, annotations: { retry.linkerd.io/limit: many } }
spec: { clusterIP: 10.9.0.2, selector: { app: web }, ${SERVICE_PORTS} }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: web, port: 80 }]
  rules: [{ matches: [{ path: { value: /v1 } }], backendRefs: [{ name: gone, port: 80 }] }]
status:
  parents:
    - parentRef: { group: "", kind: Service, name: web, port: 80 }
      controllerName: linkerd.io/policy-controller
      conditions: [{ type: Accepted, status: "False", reason: NoMatchingParent }]
---
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: web.shop.svc.cluster.local, namespace: shop }
spec: { routes: [{ name: a, condition: { pathRegex: /a }, isRetryable: true }], retryBudget: { retryRatio: 1, minRetriesPerSecond: 1, ttl: 1s } }
`,
  `
apiVersion: apps/v1
kind: Deployment
metadata: { name: old, namespace: shop }
spec: { selector: { matchLabels: { app: old } }, template: { metadata: { labels: { app: old, linkerd.io/inject: enabled } } } }
---
apiVersion: v1
kind: Pod
metadata:
  name: old-5f-1
  namespace: shop
  labels: { app: old, pod-template-hash: 5f }
  ownerReferences: [{ apiVersion: apps/v1, kind: ReplicaSet, name: old-5f, controller: true }]
spec: { containers: [{ name: app, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: old, namespace: shop }
spec: { clusterIP: 10.9.0.3, selector: { app: old }, ports: [{ port: 80, targetPort: 8080, appProtocol: grpc }] }
`,
  `${CONTROL_PLANE}---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: linkerd-linkerd-identity }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: linkerd-linkerd-identity }
roleRef: { kind: ClusterRole, name: linkerd-linkerd-identity }
---
apiVersion: v1
kind: Node
metadata: { name: a }
spec: { podCIDRs: [192.0.2.0/24] }
status: { nodeInfo: { containerRuntimeVersion: "docker://20.10" } }
---
apiVersion: v1
kind: Namespace
metadata: { name: linkerd-viz, labels: { linkerd.io/extension: viz } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: tap, namespace: linkerd-viz }
spec: { template: {} }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: prometheus, namespace: linkerd-viz }
spec: { template: {} }
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1alpha1.tap.linkerd.io }
status: { conditions: [{ type: Available, status: "False" }] }
---
apiVersion: v1
kind: Pod
metadata: { name: closed, namespace: shop }
spec: { containers: [{ name: linkerd-proxy, env: [{ name: LINKERD2_PROXY_INBOUND_DEFAULT_POLICY, value: deny }] }] }
---
apiVersion: multicluster.linkerd.io/v1alpha3
kind: Link
metadata: { name: west, namespace: linkerd-multicluster }
spec: { targetClusterName: west, clusterCredentialsSecret: west }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: controller-read-remote-creds-west, namespace: linkerd-multicluster }
---
apiVersion: v1
kind: Service
metadata: { name: cart-west, namespace: shop, labels: { mirror.linkerd.io/mirrored-service: "true", mirror.linkerd.io/cluster-name: west } }
spec: { ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Endpoints
metadata: { name: cart-west, namespace: shop }
subsets: [{ addresses: [{ ip: 192.0.2.7 }] }]
`,
];
