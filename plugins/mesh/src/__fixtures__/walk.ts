import {
  Reason,
  WalkAnswer,
  WalkBranch,
  WalkQuestion,
  walkQuestionSchema,
  WalkRouteAnswer,
} from 'backstage-plugin-mesh-common';
import { strictReason, east } from './reasons';
import { virtualServiceReason } from './routing';

const allowReason: Reason = {
  rule: 'istio/authorization-policy',
  text: 'AuthorizationPolicy shop/reviews-callers rule 0 allows',
  object: {
    cluster: 'east',
    kind: 'security.istio.io/AuthorizationPolicy',
    namespace: 'shop',
    name: 'reviews-callers',
  },
  field: 'spec.rules[0]',
};

function walkOf(question: WalkQuestion): WalkAnswer {
  const { cluster, from, ...request } = question;
  const denied = question.method !== 'GET';
  const reason = {
    ...allowReason,
    ...(denied && { text: 'No rule of shop/reviews-callers matches' }),
  };
  return {
    request: { ...request, from: { workload: { cluster, ...from } } },
    mesh: 'istio',
    outcome: { value: denied ? 'denied' : 'delivered', reasons: [reason] },
    ...(denied && { status: 403 }),
    steps: [
      {
        step: 'host',
        result: 'ok',
        text: 'reviews.shop.svc.cluster.local (Service shop/reviews)',
        reasons: [],
      },
      {
        step: 'route',
        result: 'ok',
        text: 'VirtualService shop/reviews http[0]',
        reasons: [virtualServiceReason('spec.http[0]', 'It takes the request')],
      },
    ],
    branches: [
      {
        percent: 100,
        host: 'reviews.shop.svc.cluster.local',
        port: 9080,
        subset: 'v2',
        endpoints: { ready: 2, total: 2 },
        workloads: [
          {
            cluster: 'east',
            namespace: 'shop',
            kind: 'Deployment',
            name: 'reviews-v2',
          },
        ],
        ...(cluster !== 'east' && throughGateway(cluster)),
        sends: 'mtls',
        outcome: denied ? 'denied' : 'delivered',
        steps: [
          {
            step: 'destination',
            result: 'ok',
            text: 'subset v2: 2 of 2 endpoints ready',
            reasons: [],
          },
          {
            step: 'security',
            result: 'ok',
            text: 'client mutual TLS of the mesh, server STRICT: mutual TLS',
            reasons: [strictReason],
          },
          {
            step: 'authorization',
            result: denied ? 'ends' : 'ok',
            text: denied ? `403 RBAC: ${reason.text}` : reason.text,
            reasons: [reason],
          },
        ],
      },
    ],
    mirrors: [],
    summary: denied
      ? `403 RBAC: ${reason.text}`
      : '200 expected from reviews-v2; ends at 1 of 2 endpoints',
  };
}

/** Behind it the server sees the gateway, not the client. */
function throughGateway(cluster: string): Partial<WalkBranch> {
  const [namespace, name] = ['linkerd-multicluster', 'linkerd-gateway'];
  return {
    via: [{ cluster, namespace, kind: 'Deployment', name }],
    peerIdentity: `${name}.${namespace}`,
  };
}

/** The walk of the question in a URL. */
export function walkReply(url: URL): WalkRouteAnswer {
  const question = walkQuestionSchema.parse(
    JSON.parse(url.searchParams.get('request') ?? ''),
  );
  return {
    entityRef: 'component:default/reviews',
    cluster: east,
    walk: walkOf(question),
    hiddenWorkloads: 0,
  };
}
