import { namespaceOf } from '../../kubernetes/objects';
import { isRefTo, POLICY_GROUP } from '../../linkerd/targetRefs';
import { defineCheck } from '../check';

const ROUTES = [
  { group: POLICY_GROUP, kind: 'HTTPRoute', id: 'policy.linkerd.io/HTTPRoute' },
  {
    group: 'gateway.networking.k8s.io',
    kind: 'HTTPRoute',
    id: 'gateway.networking.k8s.io/HTTPRoute',
  },
  {
    group: 'gateway.networking.k8s.io',
    kind: 'GRPCRoute',
    id: 'gateway.networking.k8s.io/GRPCRoute',
  },
] as const;

export const policyTargetMissing = defineCheck({
  code: 'MESH-L0201',
  level: 'error',
  title: 'An AuthorizationPolicy has no target',
  explanation:
    'An AuthorizationPolicy targets a Server or a route of its own namespace, or that namespace. What it targets does not exist there (or is nothing that can be targeted), so it authorizes nobody. One that names another namespace counts for its own.',
  upstream:
    'policy-controller/k8s/index/src/inbound/authorization_policy.rs (linkerd2)',
  mesh: 'linkerd',
  subject: 'policy.linkerd.io/AuthorizationPolicy',
  needs: ['policy.linkerd.io/Server'],
  *run(policy, snapshot) {
    const { targetRef } = policy.spec;
    const namespace = namespaceOf(policy);
    const missing = (text: string) => ({
      message: `AuthorizationPolicy ${policy.metadata.name} authorizes nobody: ${text}`,
      field: 'spec.targetRef',
    });
    if (isRefTo(targetRef, POLICY_GROUP, 'Server')) {
      if (
        !snapshot.get('policy.linkerd.io/Server', namespace, targetRef.name)
      ) {
        yield missing(
          `there is no Server ${targetRef.name} in namespace ${namespace}`,
        );
      }
      return;
    }
    if (isRefTo(targetRef, '', 'Namespace')) {
      if (targetRef.name !== namespace) {
        yield {
          message: `AuthorizationPolicy ${policy.metadata.name} targets namespace ${targetRef.name}, and can only target its own: it counts for the Servers of ${namespace}`,
          field: 'spec.targetRef',
        };
      } else if (
        [...snapshot.list('policy.linkerd.io/Server', namespace)].length === 0
      ) {
        yield {
          ...missing(
            `policies of a namespace are for its Servers, and ${namespace} has none; ports without one have the default policy of their pods`,
          ),
          level: 'warning',
        };
      }
      return;
    }
    const route = ROUTES.find(({ group, kind }) =>
      isRefTo(targetRef, group, kind),
    );
    if (!route) {
      yield missing(
        `a ${targetRef.kind} of the group ${
          targetRef.group || 'core'
        } is nothing that it can target`,
      );
    } else if (!snapshot.get(route.id, namespace, targetRef.name)) {
      yield missing(
        `there is no ${route.kind} ${targetRef.name} of the group ${route.group} in namespace ${namespace}`,
      );
    }
  },
});
