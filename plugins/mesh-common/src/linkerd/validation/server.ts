import { Problems, refused } from '../../validation/report';
import { isDefaultPolicy } from '../defaultPolicy';
import { selector } from './selector';
import { LinkerdSubject } from './subject';

const PROTOCOLS = ['unknown', 'HTTP/1', 'HTTP/2', 'gRPC', 'opaque', 'TLS'];
const MAX_PORT = 65_535;

/**
 * What is refused of a Server: a protocol or an access policy that there is not (case counts), a port out of range, and
 * by its schema anything but exactly one selector (linkerd2 policy-controller/runtime/src/admission.rs:
 * `Validate<ServerSpec>`).
 */
export function* server({ spec }: LinkerdSubject): Problems {
  if (
    spec.get('podSelector').exists ===
    spec.get('externalWorkloadSelector').exists
  ) {
    yield refused(
      spec,
      'exactly one of podSelector and externalWorkloadSelector must be set',
    );
  }
  yield* selector(spec.get('podSelector'));
  yield* selector(spec.get('externalWorkloadSelector'));
  const port = spec.get('port');
  if (!port.exists) {
    yield refused(port, 'port must be set');
  } else if (
    typeof port.value !== 'string' &&
    !(
      Number.isInteger(port.number) &&
      port.number >= 1 &&
      port.number <= MAX_PORT
    )
  ) {
    yield refused(port, `port must be in range 1..${MAX_PORT}`);
  }
  const protocol = spec.get('proxyProtocol');
  if (protocol.exists && !PROTOCOLS.includes(protocol.text)) {
    yield refused(
      protocol,
      `proxyProtocol must be one of ${PROTOCOLS.join(', ')}`,
    );
  }
  const access = spec.get('accessPolicy');
  if (access.exists && !isDefaultPolicy(access.text)) {
    yield refused(access, `Invalid 'accessPolicy' field: ${access.text}`);
  }
}
