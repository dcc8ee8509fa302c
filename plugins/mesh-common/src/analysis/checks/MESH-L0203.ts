import { defineCheck } from '../check';

export const policyWithoutReferences = defineCheck({
  code: 'MESH-L0203',
  level: 'warning',
  title: 'An AuthorizationPolicy lets everybody in',
  explanation:
    'An AuthorizationPolicy without any reference asks for nothing: every client is let in, in plaintext and from everywhere. Where that is meant, a NetworkAuthentication for all networks says so.',
  upstream:
    'policy-controller/k8s/index/src/inbound/authorization_policy.rs (linkerd2)',
  mesh: 'linkerd',
  subject: 'policy.linkerd.io/AuthorizationPolicy',
  needs: [],
  *run({ metadata, spec }) {
    if (!spec.requiredAuthenticationRefs?.length) {
      yield {
        message: `AuthorizationPolicy ${metadata.name} refers to no authentication, so it lets everybody in`,
        field: 'spec.requiredAuthenticationRefs',
      };
    }
  },
});
