import { connectionPool } from './connectionPool';
import { Field } from '../../validation/Field';
import { addressComplaint, unixAddressComplaint } from './hosts';
import { isHttp, isTls, protocol } from './protocols';
import { Problems, refused, refusedFor, warned } from '../../validation/report';
import { serverTls } from './serverTls';
import { port, portComplaint, portNameComplaint } from './values';

const UNIX = 'unix://';
const LOCAL = ['', '127.0.0.1', '0.0.0.0', '::1', '::'];

/** Ports that a sidecar listens on for its workload. */
export function* ingressListeners(list: Field): Problems {
  const numbers = new Set<number>();
  for (const listener of list.items) {
    const field = listener.get('port');
    if (!field.exists) {
      yield refused(field, 'sidecar: port is required for ingress listeners');
      continue;
    }
    yield* listenerPort(field, listener.get('bind'));
    const number = field.get('number');
    if (numbers.has(number.number)) {
      yield refused(
        number,
        'sidecar: ports on IP bound listeners must be unique',
      );
    }
    numbers.add(number.number);
    yield* defaultEndpoint(listener.get('defaultEndpoint'));
    yield* listenerTls(listener.get('tls'), field.get('protocol').text);
    yield* connectionPool(listener.get('connectionPool'));
    if (
      listener.get('connectionPool').get('http').exists &&
      !isHttp(field.get('protocol').text)
    ) {
      yield warned(
        listener.get('connectionPool').get('http'),
        `sidecar: HTTP connection pool settings are configured for port ${number.number} but its protocol is not HTTP; only TCP settings will apply`,
      );
    }
  }
}

/** The number, name and protocol of a port, and the address that it is bound to. */
export function* listenerPort(field: Field, bind: Field): Problems {
  yield* portDetails(field);
  yield* port(field.get('number'));
  if (bind.text !== '') {
    yield* refusedFor(bind, addressComplaint(bind.text));
  }
}

/** The name and protocol of a port of a listener. */
export function* portDetails(field: Field): Problems {
  if (field.get('targetPort').number > 0) {
    yield refused(
      field.get('targetPort'),
      'targetPort has no impact on Sidecars',
    );
  }
  if (field.get('name').text !== '') {
    yield* refusedFor(
      field.get('name'),
      portNameComplaint(field.get('name').text),
    );
  }
  yield* protocol(field.get('protocol'));
}

function* defaultEndpoint(field: Field): Problems {
  if (field.text === '') {
    return;
  }
  if (field.text.startsWith(UNIX)) {
    yield* refusedFor(
      field,
      unixAddressComplaint(field.text.slice(UNIX.length)),
    );
    return;
  }
  const [, bracketed, plain, number = ''] =
    /^(?:\[([^\]]*)\]|([^:]*)):([^:]*)$/.exec(field.text) ?? [];
  if (!LOCAL.includes(bracketed ?? plain ?? 'none')) {
    yield refused(
      field,
      'sidecar: defaultEndpoint must be of form 127.0.0.1:<port>,0.0.0.0:<port>,[::1]:port,[::]:port,unix://filepath or unset',
    );
  }
  yield* endpointPort(field, number);
}

function* endpointPort(field: Field, number: string): Problems {
  if (/^\d+$/.test(number)) {
    yield* refusedFor(field, portComplaint(Number(number)));
    return;
  }
  const missing = field.text.includes(':')
    ? ''
    : `: address ${field.text}: missing port in address`;
  yield refused(
    field,
    `sidecar: defaultEndpoint port (${number}) is not a number${missing}`,
  );
}

const UNSUPPORTED = [
  ['subjectAltNames', 'subjectAltNames is not supported in ingress tls'],
  ['httpsRedirect', 'httpsRedirect is not supported'],
  ['credentialName', 'credentialName is not currently supported'],
  ['credentialNames', 'credentialNames is not currently supported'],
  ['tlsCertificates', 'tls_certificates is not currently supported'],
] as const;

function* listenerTls(tls: Field, protocolName: string): Problems {
  if (!tls.exists) {
    return;
  }
  for (const [name, message] of UNSUPPORTED) {
    const field = tls.get(name);
    if (field.text !== '' || field.isTrue || field.items.length > 0) {
      yield refused(field, `sidecar: ${message}`);
    }
  }
  const mode = tls.get('mode');
  if (['ISTIO_MUTUAL', 'AUTO_PASSTHROUGH'].includes(mode.text)) {
    yield refused(
      mode,
      `configuration is invalid: cannot set mode to ${mode.text} in sidecar ingress tls`,
    );
  }
  if (!isTls(protocolName)) {
    yield refused(
      tls,
      'server cannot have TLS settings for non HTTPS/TLS ports',
    );
  }
  yield* serverTls(tls);
}
