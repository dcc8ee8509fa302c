import { GRPC_STATUSES } from '../../mesh/walk/grpcWords';
import { Field } from '../../validation/Field';
import { httpStatusComplaint } from './httpActions';
import { Problems, refused, refusedFor } from '../../validation/report';
import { duration, fractionalPercent } from './values';

/** `fault` (istio/istio pkg/config/validation/validation.go: validateHTTPFaultInjection). */
export function* faultInjection(fault: Field): Problems {
  if (!fault.exists) {
    return;
  }
  const [abort, delay] = [fault.get('abort'), fault.get('delay')];
  if (!abort.exists && !delay.exists) {
    yield refused(
      fault,
      'HTTP fault injection must have an abort and/or a delay',
    );
  }
  if (abort.exists) {
    yield* fractionalPercent(abort.get('percentage'));
    yield* abortError(abort);
  }
  yield* fractionalPercent(delay.get('percentage'));
  yield* duration(delay.get('fixedDelay'));
  yield* duration(delay.get('exponentialDelay'));
  if (delay.get('exponentialDelay').exists) {
    yield refused(
      delay.get('exponentialDelay'),
      'exponentialDelay not supported yet',
    );
  }
}

function* abortError(abort: Field): Problems {
  const grpc = abort.get('grpcStatus');
  const http2 = abort.get('http2Error');
  const http = abort.get('httpStatus');
  if (grpc.exists) {
    if (!GRPC_STATUSES.includes(grpc.text)) {
      yield refused(
        grpc,
        `gRPC status "${grpc.text}" is not supported. See https://github.com/grpc/grpc/blob/master/doc/statuscodes.md for a list of supported codes, for example 'NOT_FOUND'`,
      );
    }
  } else if (http2.exists) {
    yield refused(http2, 'HTTP/2 abort fault injection not supported yet');
  } else if (http.exists) {
    yield* refusedFor(http, httpStatusComplaint(http.number));
  }
}
