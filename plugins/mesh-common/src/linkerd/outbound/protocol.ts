import { Reason } from '../../contract/common';
import { because } from '../../mesh/answers';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { assumedConfig } from '../controlPlaneConfig';
import { OutboundProtocol, outboundProtocol } from '../outboundProtocol';
import { parsePortList } from '../ports';
import { OutboundParent } from './policy';

const OPAQUE_PORTS = 'config.linkerd.io/opaque-ports';

/** How the proxy reads what is sent to a port of a parent, before routes are looked at. */
export function protocolOfParent(
  snapshot: MeshSnapshot,
  parent: OutboundParent,
  port: number,
): OutboundProtocol {
  switch (parent.kind) {
    case 'Service':
      return parent.object
        ? outboundProtocol(snapshot, parent.object, port)
        : detected(
            `There is no Service ${parent.namespace}/${parent.name}: nothing says what port ${port} is`,
          );
    case 'EgressNetwork':
      return egressProtocol(snapshot, parent, port);
    default:
      return detected('The proxy detects the protocol from the first bytes');
  }
}

/**
 * A port is opaque for an EgressNetwork if its annotation lists it, or, without that annotation, the control plane's
 * default does.
 *
 * Upstream: policy-controller/k8s/index/src/outbound/index.rs, `apply` of EgressNetwork.
 */
function egressProtocol(
  snapshot: MeshSnapshot,
  { object }: Extract<OutboundParent, { kind: 'EgressNetwork' }>,
  port: number,
): OutboundProtocol {
  const { config, mayDiffer } = assumedConfig(snapshot);
  const annotation = object.metadata.annotations[OPAQUE_PORTS];
  const opaque = parsePortList(annotation ?? config.opaquePorts).ports.has(
    port,
  );
  return {
    protocol: opaque ? 'opaque' : 'detect',
    reason: because(
      'linkerd/protocol',
      opaque
        ? `Port ${port} is opaque: ${
            annotation === undefined
              ? `the control plane's default lists it`
              : `${OPAQUE_PORTS} lists it`
          }`
        : 'The proxy detects the protocol from the first bytes',
      {
        snapshot,
        kind: 'policy.linkerd.io/EgressNetwork',
        object,
        field:
          annotation === undefined
            ? 'spec'
            : `metadata.annotations.${OPAQUE_PORTS}`,
      },
    ),
    ...(annotation === undefined && mayDiffer && { mayDiffer }),
  };
}

function detected(text: string): OutboundProtocol {
  const reason: Reason = { rule: 'linkerd/protocol', text };
  return { protocol: 'detect', reason };
}
