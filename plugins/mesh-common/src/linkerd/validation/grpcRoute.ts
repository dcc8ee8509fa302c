import { Problems, refused } from '../../validation/report';
import { egressPorts } from './connectionRoute';
import { isOutbound } from './references';
import { backendPorts, filterList, headerMatches } from './routeParts';
import { LinkerdSubject } from './subject';
import { trafficSettings } from './trafficSettings';

/**
 * What is refused of a GRPCRoute: an EgressNetwork without a port, wrong settings of retries and timeouts, methods by
 * regular expression, headers that cannot be, Services without a port (linkerd2
 * policy-controller/runtime/src/admission.rs: `Validate<GrpcRouteSpec>`).
 */
export function* grpcRoute({ spec, annotations }: LinkerdSubject): Problems {
  yield* egressPorts(spec);
  if (isOutbound(spec)) {
    yield* trafficSettings(annotations, 'grpc');
  }
  for (const rule of spec.get('rules').items) {
    for (const match of rule.get('matches').items) {
      const type = match.get('method').get('type');
      if (type.text === 'RegularExpression') {
        yield refused(type, 'unsupported GRPCRoute method match type');
      }
      yield* headerMatches(match.get('headers'));
    }
    yield* filterList(rule.get('filters'));
    yield* backendPorts(rule.get('backendRefs'));
  }
}
