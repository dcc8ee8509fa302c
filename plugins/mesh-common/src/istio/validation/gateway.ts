import { Field } from '../../validation/Field';
import {
  addressComplaint,
  isDnsLabel,
  namespacedHostComplaints,
  unixAddressComplaint,
} from './hosts';
import { isHttp, isProtocol, isTls } from './protocols';
import { Problems, refused, refusedFor, warned } from '../../validation/report';
import { serverTls } from './serverTls';
import { Subject } from './subject';
import { port } from './values';

/** What istiod refuses of its own Gateway (istio/istio pkg/config/validation/validation.go: ValidateGateway). */
export function* gateway({ spec, name }: Subject): Problems {
  if (!isDnsLabel(name)) {
    yield refused(
      new Field('metadata.name', name),
      `invalid gateway name: "${name}"`,
    );
  }
  const servers = spec.get('servers');
  if (servers.items.length === 0) {
    yield refused(servers, 'gateway must have at least one server');
  }
  const names = new Set<string>();
  for (const item of servers.items) {
    yield* server(item);
    const portName = item.get('port').get('name');
    if (item.get('port').exists && names.has(portName.text)) {
      yield refused(
        portName,
        `port names in servers must be unique: duplicate name ${portName.text}`,
      );
    }
    names.add(portName.text);
  }
}

function* server(item: Field): Problems {
  const hosts = item.get('hosts');
  if (hosts.items.length === 0) {
    yield refused(hosts, 'server config must contain at least one host');
  }
  for (const host of hosts.items) {
    for (const complaint of namespacedHostComplaints(host.text, 'gateway')) {
      yield refused(host, complaint);
    }
  }
  const bind = item.get('bind');
  yield* serverPort(item.get('port'), bind);
  yield* bindAddress(item.get('port'), bind);
  yield* serverTls(item.get('tls'));
  yield* tlsOfProtocol(item);
}

const UNIX = 'unix://';

function* serverPort(field: Field, bind: Field): Problems {
  if (!field.exists) {
    yield refused(field, 'port is required');
    return;
  }
  const protocol = field.get('protocol');
  if (!isProtocol(protocol.text)) {
    yield refused(
      protocol,
      `invalid protocol "${protocol.text}", supported protocols are HTTP, HTTP2, GRPC, GRPC-WEB, MONGO, REDIS, MYSQL, TCP`,
    );
  }
  if (field.get('number').number > 0 || !bind.text.startsWith(UNIX)) {
    yield* port(field.get('number'));
  }
  if (field.get('targetPort').number > 0) {
    yield refused(
      field.get('targetPort'),
      'targetPort has no impact on Gateways',
    );
  }
  if (field.get('name').text === '') {
    yield refused(field.get('name'), 'port name must be set');
  }
}

function* bindAddress(field: Field, bind: Field): Problems {
  if (bind.text.startsWith(UNIX)) {
    yield* refusedFor(bind, unixAddressComplaint(bind.text.slice(UNIX.length)));
    if (field.get('number').number !== 0) {
      yield refused(
        field.get('number'),
        'port number must be 0 for unix domain socket',
      );
    }
  } else if (bind.text !== '') {
    yield* refusedFor(bind, addressComplaint(bind.text));
  }
}

const PASSTHROUGH = ['PASSTHROUGH', 'AUTO_PASSTHROUGH'];

/** HTTPS and TLS need settings of TLS; other protocols have none, but for a redirect of plain HTTP. */
function* tlsOfProtocol(item: Field): Problems {
  const [protocol, tls] = [
    item.get('port').get('protocol').text,
    item.get('tls'),
  ];
  if (!isProtocol(protocol)) {
    return;
  }
  if (isTls(protocol)) {
    if (!tls.exists) {
      yield refused(
        tls,
        'server must have TLS settings for HTTPS/TLS protocols',
      );
    }
  } else if (tls.exists) {
    const files = ['caCertificates', 'privateKey', 'serverCertificate'];
    // The mode of the API's zero value is PASSTHROUGH, as a mere redirect leaves it.
    const passes = PASSTHROUGH.includes(tls.get('mode').text || 'PASSTHROUGH');
    if (!isHttp(protocol)) {
      yield refused(
        tls,
        'server cannot have TLS settings for non HTTPS/TLS ports',
      );
    } else if (!passes || files.some(name => tls.get(name).text !== '')) {
      yield refused(
        tls,
        'server cannot have TLS settings for plain text HTTP ports',
      );
    }
  }
  if (!isHttp(protocol) && tls.get('httpsRedirect').isTrue) {
    yield warned(
      tls.get('httpsRedirect'),
      'tls.httpsRedirect should only be used with http servers',
    );
  }
}
