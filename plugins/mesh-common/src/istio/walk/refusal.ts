/** Ways in which a request ends before an application answers it. */
export type Refusal =
  /** No route of its virtual host takes it, or there is no such host. */
  | 'no-route'
  /** The route names a destination that the proxy does not have. */
  | 'no-cluster'
  /** The destination has no endpoint that is ready. */
  | 'no-endpoint'
  /** The connection to the endpoint does not come about: nobody listens, or the TLS handshake fails. */
  | 'no-connection'
  /** The endpoint takes the connection and closes it without an answer. */
  | 'closed'
  /** The mesh lets nobody call what it does not know. */
  | 'blackhole';

/** How the first proxy on the client's side takes a request. none: there is none there. */
export type ClientReading = 'http' | 'tcp' | 'none';

/** What a caller sees of it: the HTTP status, or null where the connection is closed; Envoy's response flag. */
export interface Seen {
  status: number | null;
  flag?: string;
}

const BY_HTTP: Readonly<Record<Refusal, Seen>> = {
  'no-route': { status: 404, flag: 'NR' },
  'no-cluster': { status: 503, flag: 'NC' },
  'no-endpoint': { status: 503, flag: 'UH' },
  'no-connection': { status: 503, flag: 'UF' },
  closed: { status: 503, flag: 'UC' },
  blackhole: { status: 502 },
};

const BY_TCP: Readonly<Record<Refusal, Seen>> = {
  'no-route': { status: null, flag: 'NR' },
  'no-cluster': { status: null, flag: 'NC' },
  'no-endpoint': { status: null, flag: 'UH' },
  'no-connection': { status: null, flag: 'UF' },
  closed: { status: null },
  blackhole: { status: null, flag: 'UH' },
};

/**
 * What a caller sees where a request is refused: a proxy that reads it as HTTP answers for the endpoint; one that
 * passes bytes on closes the connection, and so does the network where the client has no proxy.
 *
 * Upstream: Envoy source/common/stream_info/utility.h, `ResponseFlagUtils`; source/common/router/router.cc;
 * Istio's block-all virtual host answers 502 (pilot/pkg/networking/core/httproute.go, `buildCatchAllVirtualHost`).
 */
export function seenBy(refusal: Refusal, reading: ClientReading): Seen {
  switch (reading) {
    case 'http':
      return BY_HTTP[refusal];
    case 'tcp':
      return BY_TCP[refusal];
    default:
      return { status: null };
  }
}
