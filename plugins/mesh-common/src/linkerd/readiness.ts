import { Answer, Reason } from '../contract/common';
import { ControlPlaneCertificate } from '../contract/controlPlane';
import { WorkloadController } from '../kubernetes/core';
import { CallerRestriction, MeshReadiness } from '../mesh/MeshReadiness';
import { portsOf as portsOfWorkload } from '../mesh/services';
import { Workload } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { Authorization, letsInSomebody } from './authorizations';
import { certificatesOf } from './control-plane/certificates';
import { assumedConfig, controlPlaneConfig } from './controlPlaneConfig';
import { podsOf } from './identity';
import { inboundPolicy } from './inboundPolicy';
import { IdentityDomain } from './meshTlsAuthentication';
import { isProbeRoute } from './probes';
import { isLinkerdContainer } from './proxy';

const RULE = 'linkerd/readiness/callers';

/** Proxies cannot start without these: destinations and policies, certificates, and the injector. */
const COMPONENTS = [
  'linkerd-destination',
  'linkerd-identity',
  'linkerd-proxy-injector',
];

export const readiness: MeshReadiness = {
  limitsConnections: false,
  controlPlane,
  certificates,
  callers,
};

function certificates(snapshot: MeshSnapshot): ControlPlaneCertificate[] {
  const read = controlPlaneConfig(snapshot);
  return read.state === 'read' && read.config.configMap
    ? certificatesOf({ snapshot, mesh: 'linkerd' }, read.config)
    : [];
}

function controlPlane(snapshot: MeshSnapshot): WorkloadController[] {
  const read = controlPlaneConfig(snapshot);
  return read.state === 'read' && read.config.configMap
    ? COMPONENTS.flatMap(
        name =>
          snapshot.get('apps/Deployment', read.config.namespace, name) ?? [],
      )
    : [];
}

/**
 * Linkerd lets in whom the authorizations of a port (and of its routes) name. Default policies name nobody:
 * `all-authenticated` lets in every identity, as a suffix of all identities of the mesh does. Routes for the pod's own probes do not count.
 *
 * Upstream: linkerd.io/2/reference/authorization-policy.
 */
function callers(
  snapshot: MeshSnapshot,
  workload: Workload,
): Answer<CallerRestriction> {
  const ports = portsOfWorkload(snapshot, workload, isLinkerdContainer).filter(
    ({ transport }) => transport === 'TCP',
  );
  const open: Reason[] = [];
  const restricted: Reason[] = [];
  const [pod] = podsOf(workload);
  const { config } = assumedConfig(snapshot);
  for (const { port } of ports) {
    const policy = inboundPolicy(snapshot, pod, port);
    if (!('policy' in policy)) {
      return policy;
    }
    const all = [
      ...policy.authorizations,
      ...policy.routes
        .filter(({ route }) => !isProbeRoute(route, pod, port))
        .flatMap(({ authorizations }) => authorizations),
    ].filter(letsInSomebody);
    const anybody = all.filter(one => letsInAnybody(one, config));
    open.push(
      ...anybody.map(({ reason }) => ({
        ...reason,
        text: `Port ${port}: ${reason.text}`,
      })),
    );
    restricted.push(
      ...(all.length > 0 ? all.map(({ reason }) => reason) : policy.reasons),
    );
  }
  if (open.length > 0) {
    return { value: 'open', reasons: open };
  }
  return {
    value: 'restricted',
    reasons:
      restricted.length > 0
        ? restricted
        : [{ rule: RULE, text: 'The workload has no port to call' }],
  };
}

function letsInAnybody(
  { authentication }: Authorization,
  { namespace, trustDomain }: IdentityDomain,
): boolean {
  // What the identities of all service accounts end with.
  const all = `.serviceaccount.identity.${namespace}.${trustDomain}`;
  return (
    authentication.type !== 'tls-authenticated' ||
    authentication.suffixes.some(
      suffix => suffix === '*' || all.endsWith(suffix.slice(1)),
    )
  );
}
