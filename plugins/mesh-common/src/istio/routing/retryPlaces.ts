import { HttpRoute } from '../objects';

type Retries = NonNullable<HttpRoute['retries']>;

/**
 * Where retries go: to an endpoint that has not been tried yet, unless that is switched off; to one of another locality
 * only where that is asked for. By default a hash of the request, where that picks the endpoint, picks the same one
 * again; what is written holds with a hash too, which then goes on around its ring. Whether there is a hash may be left
 * open.
 *
 * Upstream: pilot/pkg/networking/core/route/retry/retry.go, `ConvertPolicy`, `DefaultConsistentHashPolicy`; Envoy
 * source/extensions/load_balancing_policies/ring_hash, `Ring::chooseHost`.
 */
export function retryPlaces(
  {
    retryIgnorePreviousHosts: ignoresPrevious,
    retryRemoteLocalities = false,
  }: Retries = {},
  picksByHash?: boolean,
): string[] {
  return [
    endpointOf(ignoresPrevious, picksByHash),
    ...(retryRemoteLocalities
      ? ['retries go on to endpoints of other localities']
      : []),
  ];
}

function endpointOf(
  ignoresPrevious: boolean | undefined,
  picksByHash: boolean | undefined,
): string {
  const other = 'a retry goes to another endpoint where there is one';
  switch (ignoresPrevious) {
    case true:
      return other;
    case false:
      return picksByHash
        ? 'a retry goes to the same endpoint again, which a hash of the request picks'
        : 'a retry may go to the same endpoint again';
    default:
      return picksByHash
        ? 'a retry goes to the same endpoint again, which a hash of the request picks'
        : `${other}${
            picksByHash === undefined
              ? ', unless a hash of the request picks the endpoint'
              : ''
          }`;
  }
}
