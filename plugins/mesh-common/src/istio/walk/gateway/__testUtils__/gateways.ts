import { clusterOf } from '../../../../__testUtils__/cluster';
import { KindId } from '../../../../kubernetes/kinds';
import { SnapshotOrigin } from '../../../../snapshot/readState';
import {
  istio,
  ISTIO,
  namespace,
  pod,
  service,
} from '../../../__testUtils__/istio';
import { OutboundAnswer, OutboundCall } from '../../call';
import { outboundCall } from '../../outboundCall';

/** Two services behind a gateway in a namespace of its own, whose Service leads 80 to 8080. */
export const BEHIND =
  namespace('edge') +
  namespace('shop', 'team: shop') +
  namespace('pay') +
  pod('cart', { ip: '10.1.0.1' }) +
  service('cart') +
  service('orders', { ports: '{ name: http, port: 8000 }' }) +
  pod('bill', { namespace: 'pay', ip: '10.1.0.2' }) +
  service('bill', { namespace: 'pay' });

export const INGRESS =
  pod('ingress', {
    namespace: 'edge',
    mode: 'gateway',
    labels: 'istio: ingress',
  }) +
  service('ingress', {
    namespace: 'edge',
    ports:
      '{ name: http, port: 80, targetPort: 8080 }, { name: https, port: 443, targetPort: 8443 }',
  });

export interface Question {
  labels?: Record<string, string>;
  settings?: string;
  forbidden?: KindId[];
  origin?: SnapshotOrigin;
}

/** What a gateway in the namespace `edge` does with a call. */
export function asked(
  yaml: string,
  call: Partial<OutboundCall>,
  question: Question = {},
) {
  const {
    labels = { app: 'ingress', istio: 'ingress' },
    settings = ISTIO,
    forbidden,
    origin = 'files',
  } = question;
  return outboundCall(
    clusterOf(settings + BEHIND + yaml, { forbidden, origin }),
    { proxy: 'gateway', namespace: 'edge', labels },
    { protocol: 'http', host: 'a.example.com', port: 8080, ...call },
  );
}

export function answer(...args: Parameters<typeof asked>): OutboundAnswer {
  const found = asked(...args);
  if ('value' in found) {
    throw new TypeError(`It is not known: ${JSON.stringify(found)}`);
  }
  return found;
}

/** The outcome, where the call goes, and the rule that decides. */
export function inShort(...args: Parameters<typeof asked>): string {
  const { outcome, destinations, by } = answer(...args);
  return [
    outcome,
    ...destinations.map(({ host, port, subset, weight, missing }) =>
      [
        host?.replace('.svc.cluster.local', ''),
        port,
        subset,
        weight === 100 ? undefined : weight,
        missing && `missing ${missing.status ?? 'closed'}`,
      ]
        .filter(part => part !== undefined)
        .join(' '),
    ),
    ...(by ? [`by ${by.object.metadata.name} ${by.field}`] : []),
  ].join(', ');
}

/** An Istio Gateway of the ingress, unless it says otherwise. */
export function gateway(
  name: string,
  servers: string,
  options: { namespace?: string; selector?: string; created?: string } = {},
): string {
  const { namespace: place = 'edge', created } = options;
  return istio(
    'Gateway',
    name,
    `
  selector: { ${options.selector ?? 'istio: ingress'} }
  servers: [${servers}]`,
    { namespace: place, ...(created && { created }) },
  );
}

/** A server of HTTP on port 80. */
export function http(hosts: string, rest = ''): string {
  return `{ port: { number: 80, name: http, protocol: HTTP }, hosts: [${hosts}] ${rest} }`;
}

/** A VirtualService of the namespace `shop`, unless it says otherwise. */
export function routes(
  name: string,
  spec: string,
  options: { namespace?: string; created?: string } = {},
): string {
  return istio('VirtualService', name, `{ ${spec} }`, options);
}

/** Rules that send everything to a host, after those that are given. */
export function to(host: string, ...before: string[]): string {
  return `http: [${[
    ...before,
    `{ route: [{ destination: { host: ${host} } }] }`,
  ].join(', ')}]`;
}

/** A rule for a match. */
export function rule(match: string, host: string): string {
  return `{ match: [${match}], route: [{ destination: { host: ${host} } }] }`;
}
