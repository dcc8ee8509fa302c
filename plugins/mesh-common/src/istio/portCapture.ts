import { Reason } from '../contract/common';
import { Pod } from '../kubernetes/core';
import { isMachine } from '../mesh/machineKinds';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { injectorConfig } from './injectorConfig';
import { injectedRevision, podReason } from './pods';

const RULE = 'istio/port-capture';

export const TRAFFIC_PREFIX = 'traffic.sidecar.istio.io';
export const INTERCEPTION = 'sidecar.istio.io/interceptionMode';
const AMBIENT_BYPASS = 'ambient.istio.io/bypass-inbound-capture';

/**
 * Why connections to a port of a pod go past its sidecar; undefined where they do not. Which ports are
 * captured is said by annotations of the pod, whose defaults are settings of the injector: those of
 * `includeInboundPorts` (all, unless said otherwise) but for those of `excludeInboundPorts`. Of a machine outside
 * Kubernetes no object says it.
 *
 * Upstream: the istio-init container of manifests/charts/istio-control/istio-discovery/files/injection-template.yaml.
 */
export function inboundBypass(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
): Reason | undefined {
  if (isMachine(pod)) {
    return undefined;
  }
  const { annotations } = pod.metadata;
  const reason = (text: string) =>
    podReason(snapshot, pod, RULE, text, 'metadata.annotations');
  if (annotations[INTERCEPTION] === 'NONE') {
    return reason(
      `${INTERCEPTION}: NONE leaves all connections to the pod as they are`,
    );
  }
  const read = injectorConfig(snapshot, injectedRevision(pod));
  const settings = read.state === 'read' ? read.config : undefined;
  const excluded =
    annotations[`${TRAFFIC_PREFIX}/excludeInboundPorts`] ??
    settings?.excludeInboundPorts ??
    '';
  const included =
    annotations[`${TRAFFIC_PREFIX}/includeInboundPorts`] ??
    settings?.includeInboundPorts ??
    '*';
  if (namesPort(excluded, port)) {
    return reason(
      `excludeInboundPorts names port ${port}, so that connections to it go past the sidecar`,
    );
  }
  return namesPort(included, port)
    ? undefined
    : reason(
        `includeInboundPorts does not name port ${port}, so that connections to it go past the sidecar`,
      );
}

/** Why connections to a pod in ambient mode go past its ztunnel; undefined where they do not. */
export function ambientBypass(
  snapshot: MeshSnapshot,
  pod: Pod,
): Reason | undefined {
  return pod.metadata.annotations[AMBIENT_BYPASS] === 'true'
    ? podReason(
        snapshot,
        pod,
        RULE,
        `${AMBIENT_BYPASS} lets connections to the pod go past its ztunnel`,
        'metadata.annotations',
      )
    : undefined;
}

/** Whether a list of ports has one, or all. */
export function namesPort(ports: string, port: number): boolean {
  return ports
    .split(',')
    .map(entry => entry.trim())
    .some(entry => entry === '*' || entry === String(port));
}
