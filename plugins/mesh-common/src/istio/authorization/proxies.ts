import { EnrolmentMode } from '../../contract/mtls';
import { Pod, Service } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { formatIdentity } from '../identity';
import { servicePortsTo } from '../inboundProtocol';
import { MeshConfig } from '../meshConfig';
import { isHttp, Protocol, protocolOf } from '../protocol';
import { MeshServicePort } from '../MeshService';
import { waypointAccount, waypointOf } from '../waypoint';
import {
  isToldToZtunnel,
  waypointPolicies,
  WaypointSubject,
  waypointTokenPolicies,
  workloadPolicies,
  workloadTokenPolicies,
} from './attachment';
import { Layer } from './layers';
import { PolicySet } from './policySet';

/** One port of a pod, and what decides about it. */
export interface Subject {
  snapshot: MeshSnapshot;
  pod: Pod;
  port: number;
  mode: EnrolmentMode;
  config: MeshConfig;
  protocol: Protocol;
}

/** As what a proxy treats calls, where it does not look at the bytes first. */
export function layerOf(protocol: Protocol): Layer {
  return isHttp(protocol) || protocol === 'detected' ? 'http' : 'tcp';
}

/** The policies of the pod's own proxy, or of the ztunnel in front of it. */
export function proxySet(
  { snapshot, pod, port, config }: Subject,
  layer: Layer,
): PolicySet {
  const subject = {
    namespace: namespaceOf(pod),
    labels: pod.metadata.labels,
  };
  const policies = workloadPolicies(snapshot, subject, config.rootNamespace);
  return {
    snapshot,
    policies: layer === 'ztunnel' ? policies.filter(isToldToZtunnel) : policies,
    tokenPolicies: canReadTokens(snapshot)
      ? workloadTokenPolicies(snapshot, subject, config.rootNamespace)
      : undefined,
    layer,
    port,
    config,
  };
}

function canReadTokens(snapshot: MeshSnapshot): boolean {
  const { state } = snapshot.read('security.istio.io/RequestAuthentication');
  return state === 'read' || state === 'absent';
}

/** A waypoint, for one port of a Service. */
export interface WaypointProxy {
  name: string;
  set: PolicySet;
  protocol: Protocol;
  /** What the ztunnel behind it sees. */
  identity: string;
}

/**
 * The waypoint in front of a Service, once for each of the Service's ports that lead to the pod's. Its rules
 * see the Service's port: the connection that it takes out of the tunnel has the address that the client named.
 *
 * Upstream: pilot/pkg/networking/core/listener_waypoint.go, `buildWaypointInternal` (chains by Service port);
 * pilot/pkg/security/authz/model/generator.go, `destPortGenerator`.
 */
export function waypointProxies(
  subject: Subject,
  service: Service,
): WaypointProxy[] {
  const { snapshot, pod, port } = subject;
  const { gateway } = waypointOf(snapshot, service);
  if (!gateway) {
    return [];
  }
  return servicePortsTo(snapshot, pod, port)
    .filter(
      ({ service: { metadata } }) => metadata.name === service.metadata.name,
    )
    .map(({ port: servicePort }) =>
      waypointProxy(
        subject,
        { gateway, target: { kind: 'Service', object: service } },
        { port: servicePort.port, protocol: protocolOf(servicePort) },
      ),
    );
}

/** A waypoint, for one port of what it stands in front of. */
export function waypointProxy(
  { snapshot, config }: Pick<Subject, 'snapshot' | 'config'>,
  front: WaypointSubject,
  { port, protocol }: Pick<MeshServicePort, 'port' | 'protocol'>,
): WaypointProxy {
  const { gateway } = front;
  const namespace = namespaceOf(gateway);
  return {
    name: `${namespace}/${gateway.metadata.name}`,
    protocol,
    identity: formatIdentity({
      trustDomain: config.trustDomain,
      namespace,
      serviceAccount: waypointAccount(snapshot, gateway),
    }),
    set: {
      snapshot,
      policies: waypointPolicies(snapshot, front, config.rootNamespace),
      tokenPolicies: canReadTokens(snapshot)
        ? waypointTokenPolicies(snapshot, front, config.rootNamespace)
        : undefined,
      layer: layerOf(protocol),
      port,
      config,
    },
  };
}
