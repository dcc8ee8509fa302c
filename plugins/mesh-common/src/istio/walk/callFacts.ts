import { CallFacts, Peer, Token } from '../../mesh/whoMayCall/facts';
import { WalkEndpoint } from './endpoints';
import { lowerCase, withOperations } from '../../mesh/walk/headers';
import { Way } from './way';

const FORWARDED_FOR = 'x-forwarded-for';

/**
 * What the server's side sees of a request. Whoever comes by mutual TLS of the mesh has an identity; plaintext and
 * other TLS have none. Undefined where the client's identity would count and is not known.
 */
export function factsOf(
  way: Way,
  endpoint: WalkEndpoint,
): CallFacts | undefined {
  const peer = peerOf(way, endpoint);
  if (!peer) {
    return undefined;
  }
  const { client } = way;
  const sourceIp = client.pod?.status?.podIP;
  return {
    ...requestFacts(way),
    peer,
    mode: client.mode,
    inCluster: true,
    ...(sourceIp && { sourceIp }),
    ...remoteIp(way, sourceIp),
    ...(endpoint.address && { destinationIp: endpoint.address }),
    ...sniOf(way, endpoint),
  };
}

/** What the request itself says, as the server sees it. */
export function requestFacts({
  request,
  authority,
  path,
  headers: changes,
  servicePort,
}: Way): Pick<
  CallFacts,
  'servicePort' | 'protocol' | 'method' | 'path' | 'host' | 'headers' | 'tokens'
> {
  const port = servicePort === undefined ? {} : { servicePort };
  if (request.protocol !== 'http') {
    return { ...port, protocol: 'tcp' };
  }
  const tokens = tokensOf(request, changes);
  return {
    ...port,
    protocol: 'http',
    method: request.method,
    path,
    host: authority,
    headers: changes.reduce(withOperations, lowerCase(request.headers)),
    ...(tokens && { tokens }),
  };
}

function peerOf({ client }: Way, { added }: WalkEndpoint): Peer | undefined {
  if (added.tls !== 'mesh') {
    return { type: 'none' };
  }
  return client.identity
    ? { type: 'identity', identity: client.identity }
    : undefined;
}

/** In place of a token whose claims are told. */
const TOLD = 'bearer told';

/**
 * A token in a header whose claims are not told may be anything; what has not three parts is none and holds nowhere. A
 * header that is changed on the way, or taken out, is no longer the one that was sent.
 */
export function tokensOf(
  { jwt, headers }: Way['request'],
  changes: Way['headers'] = [],
): readonly Token[] | undefined {
  const { authorization } = changes.reduce(withOperations, {
    ...lowerCase(headers),
    ...(jwt && { authorization: TOLD }),
  });
  if (jwt && authorization === TOLD) {
    return [{ claims: jwt }];
  }
  const [, token] = /^bearer (.*)$/i.exec(authorization ?? '') ?? [];
  if (token === undefined) {
    return [];
  }
  return token.split('.').length === 3
    ? undefined
    : [{ claims: {}, valid: false }];
}

/** The last address in X-Forwarded-For, to which a gateway adds that of its client; without it, the connection's. */
function remoteIp(
  { request }: Way,
  sourceIp: string | undefined,
): Pick<CallFacts, 'remoteIp'> {
  const outside = 'gateway' in request.from ? request.from.sourceIp : undefined;
  if ('gateway' in request.from) {
    return outside ? { remoteIp: outside } : {};
  }
  const forwarded = lowerCase(request.headers)[FORWARDED_FOR];
  const last = forwarded?.split(',').pop()?.trim() ?? sourceIp;
  return last ? { remoteIp: last } : {};
}

function sniOf(
  { request, sni }: Way,
  { added }: WalkEndpoint,
): Pick<CallFacts, 'sni'> {
  if (added.tls === 'mesh') {
    return sni === undefined ? {} : { sni };
  }
  if (added.tls === 'none') {
    return {
      sni: request.protocol === 'tls' ? request.sni ?? request.host : '',
    };
  }
  return {};
}
