import { Reason } from '../contract/common';
import { EnrolmentMode } from '../contract/mtls';
import { probedPort, probesOf } from '../kubernetes/containerProbes';
import { Pod } from '../kubernetes/core';
import { parseGoBool } from '../kubernetes/goBool';
import { KubeletProbe } from '../mesh/MeshAdapter';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isImagined } from './capability';
import { isIstioContainer, podReason } from './pods';
import { inboundBypass } from './portCapture';

const RULE = 'istio/kubelet-probes';
const REWRITE = 'sidecar.istio.io/rewriteAppHTTPProbers';
/** Where the agent beside the sidecar answers probes in place of the application. */
const AGENT_PORT = 15020;
const HEALTH_PORT = 15021;

/**
 * Why a probe of the kubelet goes past the proxy; undefined where it does not. The injector lets the agent beside the
 * sidecar ask the application (a pod as it runs says whether it did), and the node lets its kubelet past the ztunnel. A
 * probe that only wants a connection gets that from the sidecar, whatever it makes of the bytes.
 *
 * Upstream: pkg/kube/inject/app_probe.go, `patchRewriteProbe`; cni/pkg/iptables (the address of host probes).
 */
export function probePasses(
  snapshot: MeshSnapshot,
  pod: Pod,
  mode: EnrolmentMode,
  { port, path }: KubeletProbe,
): Reason | undefined {
  const { annotations } = pod.metadata;
  if (mode === 'ambient') {
    return {
      rule: RULE,
      text: 'The node lets probes of its kubelet go past the ztunnel',
    };
  }
  if (mode !== 'sidecar' && mode !== 'native-sidecar') {
    return undefined;
  }
  const bypass = inboundBypass(snapshot, pod, port);
  if (bypass) {
    return bypass;
  }
  if (port === AGENT_PORT || port === HEALTH_PORT) {
    return {
      rule: RULE,
      text: `Port ${port} is one of the agent beside the sidecar, which asks the application`,
    };
  }
  const isKept = isImagined(pod)
    ? parseGoBool(annotations[REWRITE]) === false
    : asksItself(pod, port);
  if (!isKept) {
    return podReason(
      snapshot,
      pod,
      RULE,
      'The injector has made it a probe of the agent beside the sidecar, which asks the application',
      'spec.containers',
    );
  }
  return path === undefined
    ? {
        rule: RULE,
        text: 'The probe wants a connection alone, and the sidecar takes each',
      }
    : undefined;
}

/** A container of the application has a probe of this port. */
function asksItself(pod: Pod, port: number): boolean {
  return pod.spec.containers
    .filter(container => !isIstioContainer(container))
    .some(container =>
      probesOf(container).some(
        ({ probe: { httpGet, tcpSocket, grpc } }) =>
          probedPort(
            container,
            httpGet?.port ?? tcpSocket?.port ?? grpc?.port,
          ) === port,
      ),
    );
}
