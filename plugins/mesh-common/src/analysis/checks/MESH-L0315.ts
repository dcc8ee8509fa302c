import {
  Annotations,
  parseRetry,
  parseTimeouts,
} from '../../linkerd/trafficAnnotations';
import { CheckFinding } from '../check';
import { defineRequestChecks } from '../linkerdRouteChecks';
import { refOf } from '../naming';

const CHECK = {
  code: 'MESH-L0315',
  level: 'warning',
  title: 'A try may take longer than the whole request',
  explanation:
    'timeout.linkerd.io/request is for a request with all its tries, retry.linkerd.io/timeout for one of them. Where a try may take as long as the request or longer, the request has ended before a slow try is given up: what is slow is never tried again.',
  upstream: 'linkerd/http/stream-timeouts/src/lib.rs (linkerd2-proxy)',
} as const;

const TRY = 'retry.linkerd.io/timeout';
const WHOLE = 'timeout.linkerd.io/request';

function* tooLong(
  of: string,
  annotations: Annotations,
): Iterable<CheckFinding> {
  const retry = parseRetry(annotations, 'http');
  const timeouts = parseTimeouts(annotations);
  const ofTry = 'settings' in retry ? retry.settings?.timeoutMs : undefined;
  const whole = 'settings' in timeouts ? timeouts.settings?.request : undefined;
  if (ofTry !== undefined && whole && ofTry >= whole) {
    yield {
      message: `${of} gives a try ${annotations[TRY]} (${TRY}) and the whole request ${annotations[WHOLE]} (${WHOLE}): a slow try is never made again`,
      field: `metadata.annotations.${TRY}`,
    };
  }
}

export const tryLongerThanRequest = defineRequestChecks(
  CHECK,
  service => tooLong(refOf(service), service.metadata.annotations),
  ({ route }) => tooLong(refOf(route), route.metadata.annotations),
);
