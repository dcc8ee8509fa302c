import { ClusterState, Reason } from 'backstage-plugin-mesh-common';

const istioSecurity = (
  namespace: string,
  name: string,
  field: string,
  text: string,
): Reason => ({
  rule: 'istio/peer-authentication',
  text,
  object: {
    cluster: 'east',
    kind: 'security.istio.io/PeerAuthentication',
    namespace,
    name,
  },
  field,
});

export const strictReason = istioSecurity(
  'shop',
  'default',
  'spec.mtls.mode',
  'PeerAuthentication shop/default sets STRICT for the namespace',
);

export const permissiveReason = istioSecurity(
  'shop',
  'reviews-v2',
  'spec.portLevelMtls.8080.mode',
  'PeerAuthentication shop/reviews-v2 sets PERMISSIVE for port 8080',
);

export const defaultPolicyReason: Reason = {
  rule: 'linkerd/default-inbound-policy',
  text: 'The annotation of the namespace sets all-unauthenticated, and no Server selects the port',
  object: { cluster: 'west', kind: 'Namespace', name: 'reviews' },
  field: 'metadata.annotations.config.linkerd.io/default-inbound-policy',
};

export const autoMtlsReason: Reason = {
  rule: 'istio/auto-mtls',
  text: 'The proxy of the client sends mTLS by itself to a server that has a proxy',
};

export const noProxyReason: Reason = {
  rule: 'istio/injection',
  text: 'The namespace legacy has no label istio-injection, so its pods got no proxy',
  object: { cluster: 'east', kind: 'Namespace', name: 'legacy' },
  field: 'metadata.labels',
};

export const east: ClusterState = {
  name: 'east',
  status: 'synced',
  unread: [],
  dashboardUrl: 'https://headlamp.example.com/c/east',
};

export const west: ClusterState = {
  name: 'west',
  status: 'synced',
  unread: [],
};
