import { ControlPlaneFact } from '../../contract/controlPlane';
import { CustomResourceDefinition } from '../../kubernetes/core';
import {
  About,
  fact,
  judged,
  unreadKind,
} from '../../mesh/control-plane/facts';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';

const CRD = 'apiextensions.k8s.io/CustomResourceDefinition';

/** What the chart linkerd-crds installs. */
const OWN = [
  'authorizationpolicies.policy.linkerd.io',
  'egressnetworks.policy.linkerd.io',
  'externalworkloads.workload.linkerd.io',
  'httplocalratelimitpolicies.policy.linkerd.io',
  'httproutes.policy.linkerd.io',
  'meshtlsauthentications.policy.linkerd.io',
  'networkauthentications.policy.linkerd.io',
  'serverauthorizations.policy.linkerd.io',
  'servers.policy.linkerd.io',
  'serviceprofiles.linkerd.io',
];

/** The kinds of the Gateway API that the policy controller watches from the start. */
const GATEWAY_API = [
  'httproutes.gateway.networking.k8s.io',
  'grpcroutes.gateway.networking.k8s.io',
];

/**
 * Whether the kinds that Linkerd reads are installed: its own, and of the Gateway API version v1 of two.
 *
 * Upstream: pkg/healthcheck, "control plane CustomResourceDefinitions exist" (l5d-existence-crd), "Gateway API CRDs are
 * installed" (gateway-api-crd).
 */
export function definitionFacts(about: About): ControlPlaneFact[] {
  const unread = unreadKind(about, 'definitions', CRD);
  return [
    fact('definitions', 'Kinds of Linkerd', unread ?? ownKinds(about)),
    fact(
      'gateway-api-definitions',
      'Kinds of the Gateway API',
      unread ?? gatewayApiKinds(about),
    ),
  ];
}

function ownKinds(about: About) {
  const missing = OWN.filter(name => !definition(about.snapshot, name));
  return missing.length === 0
    ? judged(about, 'definitions', 'good', 'All of them are installed')
    : judged(
        about,
        'definitions',
        'bad',
        `The chart linkerd-crds is not installed, or is older than the control plane: there is no ${missing.join(
          ', ',
        )}`,
      );
}

function gatewayApiKinds(about: About) {
  const missing = GATEWAY_API.filter(
    name =>
      !definition(about.snapshot, name)?.spec.versions.some(
        version => version.name === 'v1' && version.served,
      ),
  );
  return missing.length === 0
    ? judged(
        about,
        'definitions',
        'good',
        'HTTPRoute and GRPCRoute are served in version v1',
      )
    : judged(
        about,
        'definitions',
        'bad',
        `Version v1 of ${missing.join(
          ', ',
        )} is not served: the policy controller needs it`,
      );
}

function definition(
  snapshot: MeshSnapshot,
  name: string,
): CustomResourceDefinition | undefined {
  return snapshot.get(CRD, undefined, name);
}
