import { Reason } from '../contract/common';
import { Service } from '../kubernetes/core';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { assumedConfig } from './controlPlaneConfig';
import { parsePortList } from './ports';

/** How clients treat what they send to a port of a Service. */
export interface OutboundProtocol {
  protocol: 'detect' | 'http1' | 'http2' | 'opaque';
  reason: Reason;
  mayDiffer?: Reason[];
}

const RULE = 'linkerd/protocol';
const OPAQUE_PORTS = 'config.linkerd.io/opaque-ports';

const APP_PROTOCOLS: Readonly<
  Record<string, OutboundProtocol['protocol'] | undefined>
> = {
  http: 'http1',
  'kubernetes.io/h2c': 'http2',
  'linkerd.io/tcp': 'opaque',
  'linkerd.io/opaque': 'opaque',
};

/** Whether Linkerd knows a value of `appProtocol`; a port with one that it does not know is opaque. */
export function isKnownAppProtocol(appProtocol: string): boolean {
  return Object.hasOwn(APP_PROTOCOLS, appProtocol.toLowerCase());
}

/**
 * How a port of a Service is treated: as its `appProtocol` says (whatever its case), and opaque where that is
 * a value that Linkerd does not know; without one, opaque if the port is one of the Service's opaque ports
 * (without that annotation: of the control plane's), else by looking at the bytes. Of several ports with the number (for
 * TCP and for UDP) the last one that has an `appProtocol` says it.
 *
 * Upstream: policy-controller/core/src/outbound.rs, `AppProtocol`; k8s/index/src/outbound/index.rs.
 */
export function outboundProtocol(
  snapshot: MeshSnapshot,
  service: Service,
  port: number,
): OutboundProtocol {
  const at = (text: string, field: string): Reason =>
    because(RULE, text, { snapshot, kind: 'Service', object: service, field });
  const index = lastWithProtocol(service, port);
  const appProtocol = service.spec.ports[index]?.appProtocol;
  if (appProtocol) {
    const known = isKnownAppProtocol(appProtocol)
      ? APP_PROTOCOLS[appProtocol.toLowerCase()]
      : undefined;
    return {
      protocol: known ?? 'opaque',
      reason: at(
        known
          ? `appProtocol is ${appProtocol}`
          : `appProtocol is ${appProtocol}, which Linkerd does not know: the port is opaque`,
        `spec.ports[${index}].appProtocol`,
      ),
    };
  }
  const annotation = service.metadata.annotations[OPAQUE_PORTS];
  if (annotation !== undefined) {
    return parsePortList(annotation).ports.has(port)
      ? {
          protocol: 'opaque',
          reason: at(
            `Port ${port} is one of the Service's opaque ports`,
            `metadata.annotations.${OPAQUE_PORTS}`,
          ),
        }
      : detected(at);
  }
  const { config, mayDiffer } = assumedConfig(snapshot);
  if (parsePortList(config.opaquePorts).ports.has(port)) {
    return {
      protocol: 'opaque',
      reason: at(
        `Port ${port} is opaque by the control plane's default (${config.opaquePorts})`,
        index < 0 ? 'spec.ports' : `spec.ports[${index}]`,
      ),
      mayDiffer,
    };
  }
  return { ...detected(at), mayDiffer };
}

function lastWithProtocol({ spec }: Service, port: number): number {
  const last = spec.ports.findLastIndex(
    one => one.port === port && one.appProtocol,
  );
  return last < 0 ? spec.ports.findIndex(one => one.port === port) : last;
}

function detected(
  at: (text: string, field: string) => Reason,
): OutboundProtocol {
  return {
    protocol: 'detect',
    reason: at(
      'The proxy detects the protocol from the first bytes',
      'spec.ports',
    ),
  };
}
