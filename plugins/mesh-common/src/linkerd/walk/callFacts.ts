import { Answer } from '../../contract/common';
import { Sends } from '../../contract/mtls';
import {
  HeaderOperations,
  lowerCase,
  withOperations,
} from '../../mesh/walk/headers';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import { identityOfPod } from '../identity';
import { WalkEndpoint } from './endpoints';
import { Way } from './way';

/** The identity of the client, where it presents one. */
export function presented(
  { snapshot, client }: Way,
  sends: Answer<Sends>,
): string | undefined {
  return sends.value === 'mtls' && client.pod
    ? identityOfPod(snapshot, client.pod)
    : undefined;
}

/** What is known of the request to the proxy of an endpoint. */
export function factsOf(
  way: Way,
  { on, service }: Pick<WalkEndpoint, 'on' | 'service'>,
  sends: Answer<Sends>,
): CallFacts {
  const sourceIp = way.client.pod?.status?.podIP;
  return {
    ...requestFacts(way, presented(way, sends)),
    inCluster: on.cluster === way.snapshot.cluster,
    ...(service && { servicePort: service.port.port }),
    ...(sourceIp && { sourceIp }),
  };
}

/** What is known of the request to any proxy, from a client that presents an identity or none. */
export function requestFacts(
  way: Way,
  identity: string | undefined,
): CallFacts {
  const { request, client } = way;
  return {
    peer: identity ? { type: 'identity', identity } : { type: 'none' },
    mode: client.mode,
    inCluster: false,
    ...(request.protocol === 'http'
      ? {
          protocol: 'http',
          method: request.method,
          path: request.path,
          host: way.authority,
          headers: headersOf(way),
        }
      : { protocol: 'tcp' }),
  };
}

/**
 * As the routes leave them: what a filter adds comes first, then what it sets, then what it removes.
 *
 * Upstream: linkerd2-proxy, linkerd/http/route/src/http/filter/modify_header.rs, `apply`.
 */
export function headersOf({ request, headers }: Way): Record<string, string> {
  return headers
    .flatMap(({ set, add, remove }): HeaderOperations[] => [
      ...add.map(([name, value]) => ({ add: { [name]: value } })),
      { set: Object.fromEntries(set) },
      { remove },
    ])
    .reduce(withOperations, lowerCase(request.headers));
}
