import { parseAllDocuments } from 'yaml';

/** One object of each kind that Linkerd's answers read, in one namespace, that speak of each other. */
export const EVERY_KIND: object[] = parseAllDocuments(`
apiVersion: v1
kind: Namespace
metadata:
  name: a
  labels: { linkerd.io/extension: viz }
  annotations:
    linkerd.io/inject: enabled
    config.linkerd.io/default-inbound-policy: deny
    config.linkerd.io/opaque-ports: '80,90-95'
---
apiVersion: v1
kind: ConfigMap
metadata: { name: linkerd-config, namespace: a, labels: { linkerd.io/control-plane-ns: a } }
data:
  values: |
    linkerdVersion: edge-26.8.2
    cniEnabled: true
    highAvailability: true
    clusterNetworks: 10.0.0.0/8
    identityTrustDomain: mesh.example
    policyController: { probeNetworks: [0.0.0.0/0] }
    proxy: { nativeSidecar: true }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: linkerd-identity-trust-roots, namespace: a, labels: { linkerd.io/control-plane-ns: a } }
data:
  ca-bundle.crt: |
    -----BEGIN CERTIFICATE-----
    MAMCAQA=
    -----END CERTIFICATE-----
    rest
---
apiVersion: v1
kind: Service
metadata:
  name: a
  namespace: a
  labels: { mirror.linkerd.io/mirrored-service: 'true', mirror.linkerd.io/cluster-name: west }
  annotations:
    config.linkerd.io/opaque-ports: '443'
    retry.linkerd.io/http: 5xx,500-503
    retry.linkerd.io/grpc: internal
    retry.linkerd.io/limit: '2'
    timeout.linkerd.io/request: 10s
    balancer.linkerd.io/failure-accrual: consecutive
    balancer.linkerd.io/failure-accrual-consecutive-jitter-ratio: '0.5'
    balancer.alpha.linkerd.io/penalize-failures: 'true'
    mirror.linkerd.io/remote-gateway-identity: gateway.west
    multicluster.linkerd.io/remote-discovery: a@west
spec:
  clusterIP: 10.0.0.1
  selector: { app: a }
  ports: [{ name: http, port: 80, targetPort: http }, { name: tls, port: 443, appProtocol: https }]
---
apiVersion: v1
kind: Pod
metadata:
  name: a
  namespace: a
  labels: { app: a, linkerd.io/control-plane-ns: a }
  annotations:
    linkerd.io/inject: enabled
    linkerd.io/proxy-version: edge-26.8.2
    config.linkerd.io/default-inbound-policy: all-authenticated
    config.linkerd.io/skip-inbound-ports: '22,100-200'
    config.linkerd.io/skip-outbound-ports: '3306'
    config.linkerd.io/opaque-ports: '5432'
    config.linkerd.io/proxy-require-identity-inbound-ports: '80'
spec:
  serviceAccountName: a
  containers:
    - name: app
      ports: [{ name: http, containerPort: 8080 }, { name: admin, containerPort: 9090 }]
      readinessProbe: { httpGet: { path: /ready, port: http } }
      livenessProbe: { tcpSocket: { port: 8080 } }
    - name: linkerd-proxy
      image: cr.l5d.io/linkerd/proxy:edge-26.8.2
      env:
        - { name: _pod_sa, value: a }
        - { name: _l5d_ns, value: a }
        - { name: LINKERD2_PROXY_IDENTITY_LOCAL_NAME, value: $(_pod_sa).a.serviceaccount.identity.a.mesh.example }
        - { name: LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS, value: x }
        - { name: LINKERD2_PROXY_INBOUND_DEFAULT_POLICY, value: deny }
status:
  phase: Running
  podIP: 10.0.0.2
  conditions: [{ type: Ready, status: 'True' }]
  containerStatuses: [{ name: linkerd-proxy, ready: true }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: linkerd-destination, namespace: a, labels: { component: controller, mirror.linkerd.io/cluster-name: west } }
spec:
  replicas: 2
  selector: { matchLabels: { app: b } }
  template:
    metadata: { labels: { app: b }, annotations: { linkerd.io/inject: ingress } }
    spec: { containers: [{ name: app, image: 'controller:edge-1', ports: [{ containerPort: 80 }] }] }
status: { readyReplicas: 1 }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: linkerd-cni, namespace: a }
spec: { selector: { matchLabels: { app: a } }, template: { spec: { containers: [{ name: cni, image: x }] } } }
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: a, namespace: a, labels: { app: a }, creationTimestamp: '2026-01-01T00:00:00Z' }
spec: { podSelector: { matchLabels: { app: a } }, port: http, proxyProtocol: HTTP/1, accessPolicy: deny }
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: vm, namespace: a }
spec: { externalWorkloadSelector: { matchLabels: { app: vm } }, port: 80, proxyProtocol: gRPC }
---
apiVersion: policy.linkerd.io/v1beta1
kind: ServerAuthorization
metadata: { name: a, namespace: a }
spec:
  server: { selector: { matchLabels: { app: a } } }
  client:
    networks: [{ cidr: 10.0.0.0/8, except: [10.1.0.0/16] }]
    meshTLS: { identities: ['*.a'], serviceAccounts: [{ name: a, namespace: a }] }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: a, namespace: a }
spec:
  targetRef: { group: policy.linkerd.io, kind: Server, name: a }
  requiredAuthenticationRefs:
    - { group: policy.linkerd.io, kind: MeshTLSAuthentication, name: a }
    - { group: policy.linkerd.io, kind: NetworkAuthentication, name: a }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: b, namespace: a }
spec:
  targetRef: { group: gateway.networking.k8s.io, kind: HTTPRoute, name: a }
  requiredAuthenticationRefs: [{ kind: ServiceAccount, name: a, namespace: a }]
---
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: a, namespace: a }
spec: { identities: ['*', 'a.a.serviceaccount.identity.a.mesh.example', 'spiffe://mesh.example/vm'] }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: b, namespace: a }
spec: { identityRefs: [{ kind: ServiceAccount, name: a }, { kind: Namespace, name: a }] }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: NetworkAuthentication
metadata: { name: a, namespace: a }
spec: { networks: [{ cidr: 10.0.0.0/8, except: [10.1.0.0/16] }, { cidr: 'fd00::/8' }] }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: HTTPLocalRateLimitPolicy
metadata: { name: a, namespace: a }
spec:
  targetRef: { group: policy.linkerd.io, kind: Server, name: a }
  total: { requestsPerSecond: 100 }
  identity: { requestsPerSecond: 10 }
  overrides: [{ requestsPerSecond: 5, clientRefs: [{ kind: ServiceAccount, name: a, namespace: a }] }]
---
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata: { name: a, namespace: a }
spec: { trafficPolicy: Deny, networks: [{ cidr: 192.0.2.0/24, except: [192.0.2.1] }] }
---
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: a, namespace: a, annotations: { timeout.linkerd.io/request: 1s, retry.linkerd.io/http: gateway-error } }
spec:
  parentRefs: [{ group: policy.linkerd.io, kind: Server, name: a }, { group: core, kind: Service, name: a, port: 80 }]
  hostnames: ['*.example']
  rules:
    - matches: [{ path: { type: RegularExpression, value: '/a.*' }, headers: [{ type: RegularExpression, name: x, value: '.*' }], method: GET }]
      filters: [{ type: RequestRedirect, requestRedirect: { hostname: a.a, path: { type: ReplacePrefixMatch, replacePrefixMatch: / } } }]
      timeouts: { request: 1m30s, backendRequest: 1s }
      backendRefs: [{ name: a, port: 80, weight: 1 }, { name: b, port: 80, weight: 9 }]
status:
  parents: [{ controllerName: linkerd.io/policy-controller, parentRef: { group: policy.linkerd.io, kind: Server, name: a }, conditions: [{ type: Accepted, status: 'True' }] }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: a, namespace: a }
spec:
  parentRefs: [{ group: '', kind: Service, name: a, namespace: a }, { group: policy.linkerd.io, kind: EgressNetwork, name: a, port: 80 }]
  rules:
    - matches: [{ path: { type: PathPrefix, value: / }, queryParams: [{ name: q, value: v }] }]
      filters: [{ type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: x, value: y }] } }]
      timeouts: { request: 2s }
      backendRefs: [{ name: a, port: 80 }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: { name: a, namespace: a, annotations: { retry.linkerd.io/grpc: 'internal,unavailable' } }
spec:
  parentRefs: [{ group: '', kind: Service, name: a, port: 443 }]
  rules: [{ matches: [{ method: { service: s, method: m } }], backendRefs: [{ name: a, port: 443 }] }]
---
apiVersion: gateway.networking.k8s.io/v1alpha2
kind: TLSRoute
metadata: { name: a, namespace: a }
spec:
  parentRefs: [{ group: policy.linkerd.io, kind: EgressNetwork, name: a, port: 443 }]
  hostnames: [a.example]
  rules: [{ backendRefs: [{ group: policy.linkerd.io, kind: EgressNetwork, name: a, port: 443 }] }]
---
apiVersion: gateway.networking.k8s.io/v1alpha2
kind: TCPRoute
metadata: { name: a, namespace: a }
spec:
  parentRefs: [{ group: '', kind: Service, name: a, port: 3306 }]
  rules: [{ backendRefs: [{ name: a, port: 80 }] }]
---
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: a.a.svc.cluster.local, namespace: a }
spec:
  routes:
    - name: r
      condition: { all: [{ method: GET }, { not: { pathRegex: '/a.*' } }, { any: [{ pathRegex: '/b' }] }] }
      isRetryable: true
      timeout: 1.5s
      responseClasses: [{ condition: { status: { min: 500, max: 599 } }, isFailure: true }]
  retryBudget: { retryRatio: 0.2, minRetriesPerSecond: 10, ttl: 10s }
  dstOverrides: [{ authority: 'b.a.svc.cluster.local:80', weight: 1 }, { authority: a.a, weight: 500m }]
  opaquePorts: ['80']
---
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: b.a.svc.cluster.local, namespace: a }
spec: { dstOverrides: [{ authority: 'a.a.svc.cluster.local:80', weight: 1 }] }
---
apiVersion: workload.linkerd.io/v1beta1
kind: ExternalWorkload
metadata: { name: vm, namespace: a, labels: { app: vm } }
spec:
  meshTLS: { identity: 'spiffe://mesh.example/vm', serverName: vm.a }
  ports: [{ name: http, port: 80 }]
  workloadIPs: [{ ip: 192.0.2.7 }]
---
apiVersion: multicluster.linkerd.io/v1alpha3
kind: Link
metadata: { name: west, namespace: a }
spec: { targetClusterName: west, clusterCredentialsSecret: c, gatewayAddress: 192.0.2.9, selector: { matchLabels: { x: 'y' } } }
status: { mirrorServices: [{ remoteRef: { name: a, namespace: a }, conditions: [{ type: Mirrored, status: 'False', message: m }] }] }
---
apiVersion: split.smi-spec.io/v1alpha2
kind: TrafficSplit
metadata: { name: a, namespace: a }
spec: { service: a, backends: [{ service: a, weight: 90 }] }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: issuer, namespace: a }
spec: { secretName: linkerd-identity-issuer, isCA: true }
status: { notAfter: '2026-12-01T00:00:00Z', renewalTime: '2026-11-01T00:00:00Z', conditions: [{ type: Ready, status: 'False' }] }
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: linkerd-proxy-injector-webhook-config }
webhooks: [{ name: i.linkerd.io, failurePolicy: Ignore, clientConfig: { caBundle: TUlJ, service: { name: a, namespace: a } }, namespaceSelector: { matchLabels: { a: b } } }]
`).map(document => {
  const [error] = document.errors;
  if (error) {
    throw error;
  }
  return document.toJS();
});
