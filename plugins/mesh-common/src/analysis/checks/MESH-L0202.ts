import { policyEffect } from '../../linkerd/authorizationPolicy';
import { assumedConfig } from '../../linkerd/controlPlaneConfig';
import { defineCheck } from '../check';

export const policyVoid = defineCheck({
  code: 'MESH-L0202',
  level: 'error',
  title: 'An AuthorizationPolicy is void',
  explanation:
    'A reference to an authentication that does not exist, or that cannot be combined with the others, makes the controller ignore the whole AuthorizationPolicy: clients that it was to let in are refused.',
  upstream:
    'policy-controller/k8s/index/src/inbound/authorization_policy.rs (linkerd2)',
  mesh: 'linkerd',
  subject: 'policy.linkerd.io/AuthorizationPolicy',
  needs: [
    'policy.linkerd.io/MeshTLSAuthentication',
    'policy.linkerd.io/NetworkAuthentication',
  ],
  *run(policy, snapshot) {
    const effect = policyEffect(
      snapshot,
      policy,
      assumedConfig(snapshot).config,
    );
    if (effect.effect === 'ignored') {
      yield { message: effect.reason.text, field: effect.reason.field };
    }
  },
});
