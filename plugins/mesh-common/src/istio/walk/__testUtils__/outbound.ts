import { clusterOf } from '../../../__testUtils__/cluster';
import { KindId } from '../../../kubernetes/kinds';
import {
  istio,
  ISTIO,
  namespace,
  pod,
  service,
} from '../../__testUtils__/istio';
import { OutboundAnswer, OutboundCall } from '../call';
import { outboundCall } from '../outboundCall';

const SERVICES =
  namespace('shop') +
  namespace('web') +
  pod('cart', { ip: '10.1.0.1' }) +
  service('cart', {
    ports:
      '{ name: http, port: 80, targetPort: 8080 }, { name: tcp-db, port: 5432 }, { name: https, port: 443 }, { port: 9000 }',
  });

interface Question {
  settings?: string;
  from?: string;
  labels?: Record<string, string>;
  forbidden?: KindId[];
}

/** What the sidecar of a client in `web` does with a call to the Service `cart` of `shop`. */
export function asked(
  yaml: string,
  call: Partial<OutboundCall>,
  question: Question = {},
) {
  const { settings = ISTIO, from = 'web', labels, forbidden } = question;
  return outboundCall(
    clusterOf(settings + SERVICES + yaml, { forbidden, origin: 'files' }),
    { proxy: 'sidecar', namespace: from, labels: labels ?? { app: 'web' } },
    { protocol: 'http', host: 'cart.shop', port: 80, ...call },
  );
}

export function answer(...args: Parameters<typeof asked>): OutboundAnswer {
  const found = asked(...args);
  if ('value' in found) {
    throw new TypeError(`It is not known: ${JSON.stringify(found)}`);
  }
  return found;
}

/** The outcome, and where the call goes with which share. */
export function inShort(...args: Parameters<typeof asked>): string {
  const { outcome, destinations } = answer(...args);
  return [
    outcome,
    ...destinations.map(({ host, port, subset, weight, missing }) =>
      [
        `${host?.replace('.svc.cluster.local', '')}:${port}`,
        subset,
        weight === 100 ? undefined : weight,
        missing && 'missing',
      ]
        .filter(part => part !== undefined)
        .join(' '),
    ),
  ].join(' ');
}

/** A VirtualService `cart`. */
export const routes = (spec: string, options = {}) =>
  istio('VirtualService', 'cart', spec.replace(/\n/g, '\n  '), options);
