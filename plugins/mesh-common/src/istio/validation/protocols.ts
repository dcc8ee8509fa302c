import { Field } from '../../validation/Field';
import { Problems, refused } from '../../validation/report';

/** Protocols of ports, as istiod reads them, whatever their case (istio/istio pkg/config/protocol/instance.go). */
const PROTOCOLS: ReadonlySet<string> = new Set([
  'tcp',
  'udp',
  'grpc',
  'grpc-web',
  'http',
  'http_proxy',
  'http2',
  'https',
  'tls',
  'mongo',
  'redis',
  'mysql',
]);

const HTTP: ReadonlySet<string> = new Set([
  'http',
  'http2',
  'http_proxy',
  'grpc',
  'grpc-web',
]);

export function isProtocol(text: string): boolean {
  return PROTOCOLS.has(text.toLowerCase());
}

/** Plain HTTP of any version. */
export function isHttp(text: string): boolean {
  return HTTP.has(text.toLowerCase());
}

/** HTTPS, or TLS with anything in it. */
export function isTls(text: string): boolean {
  return ['https', 'tls'].includes(text.toLowerCase());
}

/** What istiod treats as bytes: TLS too, but not UDP. */
export function isTcp(text: string): boolean {
  const name = text.toLowerCase();
  return PROTOCOLS.has(name) && !HTTP.has(name) && name !== 'udp';
}

/** A protocol that istiod knows, where one is given; without one it finds out itself. */
export function* protocol(field: Field): Problems {
  if (field.text !== '' && !isProtocol(field.text)) {
    yield refused(field, `unsupported protocol: ${field.text}`);
  }
}
