import { Reason } from '../contract/common';
import { Pod } from '../kubernetes/core';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { controlPlaneConfig } from './controlPlaneConfig';
import { podSetting } from './podSettings';
import { parsePortList } from './ports';

const RULE = 'linkerd/skipped-ports';
const INBOUND = 'config.linkerd.io/skip-inbound-ports';
const OUTBOUND = 'config.linkerd.io/skip-outbound-ports';

/**
 * Why traffic to a port of a pod bypasses its proxy: `skip-inbound-ports` of the pod, without that
 * annotation the control plane's `proxyInit.ignoreInboundPorts`.
 *
 * Upstream: pkg/inject/inject.go, `injectProxyInit`; controller/api/destination/watcher/k8s.go,
 * `GetAnnotatedOpaquePorts` and `getInboundPort`.
 */
export function skippedInbound(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
): Reason | undefined {
  return skipped(snapshot, pod, port, INBOUND);
}

/** Why what a pod sends to a port bypasses its proxy: `skip-outbound-ports`, likewise. */
export function skippedOutbound(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
): Reason | undefined {
  return skipped(snapshot, pod, port, OUTBOUND);
}

/** Why what any pod of the mesh sends to a port bypasses its proxy, unless its own annotation says otherwise. */
export function skippedByDefault(
  snapshot: MeshSnapshot,
  port: number,
): Reason | undefined {
  return defaultSkip(snapshot, port, OUTBOUND);
}

function skipped(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
  annotation: typeof INBOUND | typeof OUTBOUND,
): Reason | undefined {
  const setting = podSetting(snapshot, pod, annotation);
  if (!setting) {
    return defaultSkip(snapshot, port, annotation);
  }
  return parsePortList(setting.value).ports.has(port)
    ? because(
        RULE,
        annotation === INBOUND
          ? `Traffic to port ${port} bypasses the proxy: no mutual TLS, no policy`
          : `What the client sends to port ${port} bypasses its proxy`,
        setting.decider,
      )
    : undefined;
}

function defaultSkip(
  snapshot: MeshSnapshot,
  port: number,
  annotation: typeof INBOUND | typeof OUTBOUND,
): Reason | undefined {
  const read = controlPlaneConfig(snapshot);
  if (read.state !== 'read') {
    return undefined;
  }
  const { configMap, ignoredInboundPorts, ignoredOutboundPorts } = read.config;
  const list =
    annotation === INBOUND ? ignoredInboundPorts : ignoredOutboundPorts;
  return parsePortList(list).ports.has(port)
    ? because(
        RULE,
        `Port ${port} is one of those that bypass the proxy by the control plane's default (${list})`,
        configMap && {
          snapshot,
          kind: 'ConfigMap',
          object: configMap,
          field: 'data.values',
        },
      )
    : undefined;
}
