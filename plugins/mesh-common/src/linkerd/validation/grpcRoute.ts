import { Problems, refused } from '../../validation/report';
import { egressPorts } from './connectionRoute';
import { isOutbound } from './references';
import { backendPorts, filterList, headerMatches } from './routeParts';
import { LinkerdSubject } from './subject';
import { trafficSettings } from './trafficSettings';

/**
 * What is refused of a GRPCRoute: an EgressNetwork without a port, wrong settings of retries, timeouts and circuit
 * breaking, methods without a name or by regular expression, headers that cannot be, Services without a port (linkerd2
 * policy-controller/runtime/src/admission.rs: `Validate<GrpcRouteSpec>`).
 */
export function* grpcRoute(subject: LinkerdSubject): Problems {
  const { group, spec, annotations } = subject;
  yield* egressPorts(subject);
  if (isOutbound(spec, group)) {
    yield* trafficSettings(annotations, 'grpc');
  }
  for (const rule of spec.get('rules').items) {
    for (const match of rule.get('matches').items) {
      const method = match.get('method');
      if (
        method.exists &&
        method.get('service').text === '' &&
        method.get('method').text === ''
      ) {
        yield refused(method, 'a service, a method or both must be specified');
      }
      const type = method.get('type');
      if (type.text === 'RegularExpression') {
        yield refused(type, 'unsupported GRPCRoute method match type');
      }
      yield* headerMatches(match.get('headers'));
    }
    yield* filterList(rule.get('filters'));
    yield* backendPorts(rule.get('backendRefs'));
  }
}
