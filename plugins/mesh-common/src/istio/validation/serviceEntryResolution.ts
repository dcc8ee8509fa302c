import { Field } from '../../validation/Field';
import { fqdnComplaint, isIpAddress } from './hosts';
import { isTcp } from './protocols';
import { Problems, refused, warned } from '../../validation/report';
import { Subject } from './subject';
import { labels } from './values';
import { endpoint, endpointPorts } from './workloadEntry';

/** How the endpoints of a ServiceEntry are found decides what else it may say. */
export function* resolutionRules(
  { spec, labels: own }: Subject,
  resolution: string,
): Problems {
  switch (resolution) {
    case 'NONE':
      yield* withoutResolution(spec);
      break;
    case 'STATIC':
      for (const item of spec.get('endpoints').items) {
        yield* endpoint(item, { mayBeName: false, ports: portNames(spec) });
      }
      break;
    case 'DNS':
    case 'DNS_ROUND_ROBIN':
      yield* byDns(spec, resolution);
      break;
    case 'DYNAMIC_DNS':
      yield* byDynamicDns(spec, own);
      break;
    default:
      yield refused(
        spec.get('resolution'),
        `unsupported resolution type ${resolution}`,
      );
  }
}

function portNames(spec: Field): ReadonlySet<string> {
  return new Set(spec.get('ports').items.map(port => port.get('name').text));
}

function* withoutResolution(spec: Field): Problems {
  if (spec.get('endpoints').items.length > 0) {
    yield refused(
      spec.get('endpoints'),
      'no endpoints should be provided for resolution type none',
    );
  }
  if (spec.get('workloadSelector').exists) {
    yield warned(
      spec.get('workloadSelector'),
      'workloadSelector should not be set when resolution mode is NONE',
    );
  }
}

function* byDns(spec: Field, resolution: string): Problems {
  const endpoints = spec.get('endpoints').items;
  const hosts = spec.get('hosts').items;
  const wrong = hosts.find(({ text }) => fqdnComplaint(text) !== undefined);
  if (endpoints.length === 0 && wrong) {
    yield refused(
      wrong,
      `hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode ${resolution}, ${fqdnComplaint(
        wrong.text,
      )}`,
    );
  }
  if (resolution === 'DNS_ROUND_ROBIN' && endpoints.length > 1) {
    yield refused(
      spec.get('endpoints'),
      `there must only be 0 or 1 endpoint for resolution mode ${resolution}`,
    );
  }
  for (const item of endpoints) {
    const address = item.get('address');
    if (!isIpAddress(address.text) && fqdnComplaint(address.text)) {
      yield refused(
        address,
        `endpoint address "${address.text}" is not a valid FQDN or an IP address`,
      );
    }
    yield* labels(item.get('labels'));
    yield* endpointPorts(item.get('ports'), portNames(spec));
  }
  const carriesTcp = spec
    .get('ports')
    .items.some(port => isTcp(port.get('protocol').text));
  if (
    spec.get('addresses').items.length > 0 &&
    carriesTcp &&
    hosts.length > 1
  ) {
    yield warned(
      spec.get('hosts'),
      'service entry can not have more than one host specified simultaneously with address and tcp port',
    );
  }
}

const DYNAMIC: ReadonlySet<string> = new Set(['http', 'tls', 'grpc', 'http2']);

/** What the hosts alone decide, in the words of istiod, which leaves out a space. */
const FROM_HOSTS = [
  [
    'addresses',
    'HTTP route domains will only be generatedfrom the hosts field values',
  ],
  ['endpoints', 'Destination IP address determined from hostsfield values'],
];

function* byDynamicDns(spec: Field, own: Field): Problems {
  for (const host of spec.get('hosts').items) {
    if (!host.text.startsWith('*')) {
      yield refused(
        host,
        'host must be wildcarded for resolution mode DYNAMIC_DNS',
      );
    }
  }
  for (const [name, why] of FROM_HOSTS) {
    if (spec.get(name).items.length > 0) {
      yield refused(
        spec.get(name),
        `${name} cannot be set for resolution type DYNAMIC_DNS. ${why}`,
      );
    }
  }
  for (const port of spec.get('ports').items) {
    if (!DYNAMIC.has(port.get('protocol').text.toLowerCase())) {
      yield refused(
        port.get('protocol'),
        'only HTTP, TLS, GRPC, and HTTP2 protocols are supported for resolution type DYNAMIC_DNS',
      );
    }
  }
  const waypoint = own.get('istio.io/use-waypoint').text;
  if (
    spec.get('location').text === 'MESH_INTERNAL' &&
    !['', 'none'].includes(waypoint.toLowerCase())
  ) {
    yield refused(
      spec.get('location'),
      'location MESH_INTERNAL with resolution type DYNAMIC_DNS is not supported when using waypoints',
    );
  }
}
