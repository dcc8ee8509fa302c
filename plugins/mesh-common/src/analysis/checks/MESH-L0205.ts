import { assumedConfig } from '../../linkerd/controlPlaneConfig';
import { serverAuthorizationEffect } from '../../linkerd/serverAuthorization';
import { defineCheck } from '../check';

export const serverAuthorizationVoid = defineCheck({
  code: 'MESH-L0205',
  level: 'error',
  title: 'A ServerAuthorization is void',
  explanation:
    'The client of a ServerAuthorization is unauthenticated, speaks TLS, or has one of some identities or service accounts. One that says none of these is taken by the API server, and ignored: it lets nobody in.',
  upstream:
    'policy-controller/k8s/index/src/inbound/server_authorization.rs (linkerd2)',
  mesh: 'linkerd',
  subject: 'policy.linkerd.io/ServerAuthorization',
  needs: [],
  *run(authorization, snapshot) {
    const { config } = assumedConfig(snapshot);
    const effect = serverAuthorizationEffect(
      snapshot,
      authorization,
      config,
      config.clusterNetworks,
    );
    if (effect.effect === 'ignored') {
      yield { message: effect.reason.text, field: effect.reason.field };
    }
  },
});
