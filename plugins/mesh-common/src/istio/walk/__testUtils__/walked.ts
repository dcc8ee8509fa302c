import { WalkAnswer } from '../../../contract/walk';
import { walkRequestSchema } from '../../../contract/schemas/walk';
import { MESHES } from '../../../mesh/meshes';
import { requestWalk } from '../../../mesh/requestWalk';
import { clusterOf } from '../../../__testUtils__/cluster';
import { ISTIO, istio, pod, service } from '../../__testUtils__/istio';

export interface Question {
  settings?: string;
  gateway?: string;
  from?: string;
  host?: string;
  port?: number;
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  jwt?: Record<string, unknown>;
  sni?: string;
  protocol?: 'http' | 'tls' | 'tcp';
}

export function walked(yaml: string, question: Question = {}): WalkAnswer {
  const { settings = ISTIO, gateway, from = 'web', ...request } = question;
  return requestWalk(
    clusterOf(settings + yaml),
    walkRequestSchema.parse({
      from: gateway
        ? { gateway: { namespace: 'shop', name: gateway } }
        : {
            workload: {
              cluster: 'test',
              namespace: 'shop',
              kind: 'Pod',
              name: `${from}-1`,
            },
          },
      host: 'cart',
      port: 80,
      ...request,
    }),
    MESHES,
  );
}

/** `outcome status flag`. */
export function seen(yaml: string, question: Question = {}): string {
  const { outcome, status, flag } = walked(yaml, question);
  return [outcome.value, status === null ? 'closed' : status, flag]
    .filter(part => part !== undefined)
    .join(' ');
}

export const web = pod('web', { ip: '10.1.0.1' });
export const plainWeb = pod('web', { mode: 'none', ip: '10.1.0.1' });
export const ambientWeb = pod('web', { mode: 'ambient', ip: '10.1.0.1' });
export const cartPod = pod('cart', { ip: '10.1.0.2' });
export const cart = cartPod + service('cart');
export const ambientCart =
  pod('cart', { mode: 'ambient', ip: '10.1.0.2' }) + service('cart');
/** A gateway for all hosts, without routes. */
export const front =
  pod('front', {
    mode: 'gateway',
    ip: '10.1.0.9',
    ports: '{ containerPort: 8080 }',
  }) +
  service('front') +
  istio(
    'Gateway',
    'front',
    '{ selector: { app: front }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }',
  );
export const strict = istio(
  'PeerAuthentication',
  'default',
  '{ mtls: { mode: STRICT } }',
);
export const denyShop = istio(
  'AuthorizationPolicy',
  'not-shop',
  '{ action: DENY, rules: [{ from: [{ source: { namespaces: [shop] } }] }] }',
);
