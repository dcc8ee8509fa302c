import { Answer } from '../contract/common';
import { Service, ServicePort } from '../kubernetes/core';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

const RULE = 'istio/protocol';

/**
 * How Istio treats a port; `detected`: by the first bytes of each connection.
 *
 * @public
 */
export type Protocol =
  | 'http'
  | 'http2'
  | 'http_proxy'
  | 'grpc'
  | 'grpc-web'
  | 'https'
  | 'tls'
  | 'tcp'
  | 'mongo'
  | 'redis'
  | 'mysql'
  | 'udp'
  | 'detected';

const NAMED: ReadonlySet<string> = new Set<Protocol>([
  'http',
  'http2',
  'http_proxy',
  'grpc',
  'grpc-web',
  'https',
  'tls',
  'tcp',
  'mongo',
  'redis',
  'mysql',
  'udp',
]);

/** Ports whose applications speak first, or are otherwise hurt by detection. */
const WELL_KNOWN_TCP: ReadonlySet<number> = new Set([25, 53, 3306, 27017]);

const KUBERNETES_PROTOCOLS: Readonly<Record<string, Protocol>> = {
  'kubernetes.io/h2c': 'http2',
  'kubernetes.io/ws': 'http',
  'kubernetes.io/wss': 'https',
};

/**
 * The protocol of a Service port: UDP as declared; else `appProtocol`, else the part of the port's name
 * before the first dash, if either is a protocol that Istio knows; else TCP on a few well-known ports; else
 * it is detected.
 *
 * Upstream: pkg/config/kube/conversion.go, `ConvertProtocol`.
 */
export function protocolOf(
  port: Pick<ServicePort, 'port' | 'name' | 'appProtocol' | 'protocol'>,
): Protocol {
  if (port.protocol === 'UDP') {
    return 'udp';
  }
  const { appProtocol } = port;
  if (
    appProtocol !== undefined &&
    Object.hasOwn(KUBERNETES_PROTOCOLS, appProtocol)
  ) {
    return KUBERNETES_PROTOCOLS[appProtocol];
  }
  return (
    parseProtocol(appProtocol ?? port.name ?? '') ??
    (WELL_KNOWN_TCP.has(port.port) ? 'tcp' : 'detected')
  );
}

/** The protocol that a name begins with, such as `http` of `http-admin`. */
export function parseProtocol(name: string): Protocol | undefined {
  const lower = name.toLowerCase();
  if (lower.startsWith('grpc-web')) {
    return 'grpc-web';
  }
  const [prefix] = lower.split('-');
  // The set holds protocols only.
  return NAMED.has(prefix) ? (prefix as Protocol) : undefined;
}

/** The protocol of a Service port, with the field that decides. */
export function protocolAnswer(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
): Answer<Protocol> {
  const value = protocolOf(port);
  const index = service.spec.ports.indexOf(port);
  const reason = (text: string, field: string) =>
    because(RULE, text, {
      snapshot,
      kind: 'Service',
      object: service,
      field: `spec.ports[${index}].${field}`,
    });
  return { value, reasons: [protocolReason(port, value, reason)] };
}

function protocolReason<T>(
  port: ServicePort,
  value: Protocol,
  reason: (text: string, field: string) => T,
): T {
  if (value === 'udp' && port.protocol === 'UDP') {
    return reason('The port is declared as UDP', 'protocol');
  }
  const field = port.appProtocol === undefined ? 'name' : 'appProtocol';
  const written = port.appProtocol ?? port.name;
  if (value === 'detected') {
    return reason(
      written
        ? `${field} ${written} names no protocol that Istio knows, so it looks at the first bytes`
        : 'The port has neither appProtocol nor a name, so Istio looks at the first bytes',
      field,
    );
  }
  return value === 'tcp' && parseProtocol(written ?? '') !== 'tcp'
    ? reason(
        `Port ${port.port} counts as TCP unless its name says otherwise`,
        'port',
      )
    : reason(`${field} ${written} means ${value}`, field);
}

const HTTP: ReadonlySet<Protocol> = new Set<Protocol>([
  'http',
  'http2',
  'http_proxy',
  'grpc',
  'grpc-web',
]);

/** Whether HTTP routes apply to connections of this protocol, if they turn out to be HTTP. */
export function isHttpOrDetected(protocol: Protocol): boolean {
  return HTTP.has(protocol) || protocol === 'detected';
}

export function isHttp(protocol: Protocol): boolean {
  return HTTP.has(protocol);
}

/** Whether the client's TLS passes through, by its SNI. */
export function isTls(protocol: Protocol): boolean {
  return protocol === 'tls' || protocol === 'https';
}
