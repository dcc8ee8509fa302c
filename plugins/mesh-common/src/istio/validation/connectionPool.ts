import { Field } from '../../validation/Field';
import { Problems, refused } from '../../validation/report';
import { duration, isZeroDuration, notNegative } from './values';

const HTTP_NUMBERS = [
  ['http1MaxPendingRequests', 'http1 max pending requests'],
  ['http2MaxRequests', 'http2 max requests'],
  ['maxRequestsPerConnection', 'max requests per connection'],
  ['maxRetries', 'max retries'],
  ['maxConcurrentStreams', 'max concurrent streams'],
] as const;

/** `connectionPool` (istio/istio pkg/config/validation/validation.go: validateConnectionPool). */
export function* connectionPool(pool: Field): Problems {
  if (!pool.exists) {
    return;
  }
  const [http, tcp] = [pool.get('http'), pool.get('tcp')];
  if (!http.exists && !tcp.exists) {
    yield refused(pool, 'connection pool must have at least one field');
  }
  yield* httpSettings(http);
  yield* tcpSettings(tcp);
}

function* httpSettings(http: Field): Problems {
  for (const [name, what] of HTTP_NUMBERS) {
    yield* notNegative(http.get(name), what);
  }
  yield* duration(http.get('idleTimeout'));
  if (
    http.get('h2UpgradePolicy').text === 'UPGRADE' &&
    http.get('useClientProtocol').isTrue
  ) {
    yield refused(
      http.get('useClientProtocol'),
      'use client protocol must not be true when H2UpgradePolicy is UPGRADE',
    );
  }
  const keepAlive = http.get('http2KeepAlive');
  for (const name of keepAlive.exists ? ['interval', 'timeout'] : []) {
    if (!keepAlive.get(name).exists) {
      yield refused(keepAlive.get(name), `http2 keepalive ${name} is required`);
    }
    yield* duration(keepAlive.get(name));
  }
}

function* tcpSettings(tcp: Field): Problems {
  yield* notNegative(tcp.get('maxConnections'), 'max connections');
  yield* duration(tcp.get('connectTimeout'));
  yield* duration(tcp.get('maxConnectionDuration'));
  // No time at all switches this one off.
  if (!isZeroDuration(tcp.get('idleTimeout'))) {
    yield* duration(tcp.get('idleTimeout'));
  }
  yield* duration(tcp.get('tcpKeepalive').get('time'));
  yield* duration(tcp.get('tcpKeepalive').get('interval'));
}
