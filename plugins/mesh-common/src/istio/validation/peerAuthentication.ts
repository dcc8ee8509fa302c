import { Field } from '../../validation/Field';
import { Problems, refused } from '../../validation/report';
import { workloadSelector } from './selectors';
import { Subject } from './subject';

/**
 * What istiod refuses of a PeerAuthentication: ports without a selector, no port in `portLevelMtls`, ports out of
 * range (istio/istio pkg/config/validation/validation.go: ValidatePeerAuthentication).
 */
export function* peerAuthentication({ spec }: Subject): Problems {
  const ports = spec.get('portLevelMtls');
  if (ports.exists) {
    yield* portLevel(ports, spec.get('selector').get('matchLabels').isFilled);
  }
  yield* workloadSelector(spec.get('selector'));
}

function* portLevel(ports: Field, hasSelector: boolean): Problems {
  if (!ports.isFilled) {
    yield refused(
      ports,
      'port level mTLS, if defined, must have at least one element',
    );
  } else if (!hasSelector) {
    yield refused(
      ports,
      'mesh/namespace peer authentication cannot have port level mTLS: portLevelMtls requires selector',
    );
  }
  for (const [port, setting] of ports.members) {
    if (!/^[1-9]\d*$/.test(port) || Number(port) > 65_535) {
      yield refused(setting, 'port must be in range 1..65535');
    }
  }
}
