import { App } from '../layout';
import { FleetManifest } from '../manifest';
import { timestamp } from '../objects/metadata';
import { Random } from '../random';
import { linkerdObject } from './objects';

const LINKERD_HTTP = 'policy.linkerd.io/v1beta3';
const GATEWAY_API = 'gateway.networking.k8s.io/v1';

/** The requests that the Server of an application takes, the probes of the kubelet among them. */
export function inboundRouteOf(app: App, random: Random): FleetManifest {
  const path = (type: string, value: string) => ({ path: { type, value } });
  const route = linkerdObject(
    LINKERD_HTTP,
    'HTTPRoute',
    app,
    {
      parentRefs: [
        { group: 'policy.linkerd.io', kind: 'Server', name: app.name },
      ],
      rules: [
        { matches: [path('PathPrefix', '/api/')] },
        {
          matches: ['/healthz', '/readyz'].map(probe => ({
            ...path('Exact', probe),
            method: 'GET',
          })),
        },
      ],
    },
    random,
  );
  return accepted(route, random);
}

/** Where requests to an application go, and how long they may take, in either of the two groups. */
export function outboundRouteOf(
  app: App,
  group: 'policy' | 'gateway',
  random: Random,
): FleetManifest {
  const route = linkerdObject(
    group === 'policy' ? LINKERD_HTTP : GATEWAY_API,
    'HTTPRoute',
    app,
    {
      parentRefs: [serviceParent(app)],
      rules: [
        {
          matches: [
            { path: { type: 'PathPrefix', value: '/api/' }, method: 'GET' },
          ],
          backendRefs: [backend(app)],
          timeouts: { request: `${5 + random.below(10)}s` },
        },
        { backendRefs: [backend(app)], timeouts: { request: '30s' } },
      ],
    },
    random,
  );
  return accepted(route, random);
}

/** The calls of an application that speaks gRPC. */
export function grpcRouteOf(app: App, random: Random): FleetManifest {
  const route = linkerdObject(
    GATEWAY_API,
    'GRPCRoute',
    app,
    {
      parentRefs: [serviceParent(app)],
      rules: [
        {
          matches: [
            {
              method: {
                service: `fleet.${app.namespace.replace('-', '_')}`,
                method: 'Get',
              },
            },
          ],
          backendRefs: [backend(app)],
        },
        { backendRefs: [backend(app)] },
      ],
    },
    random,
  );
  return accepted(route, random);
}

function serviceParent({ name }: App) {
  return { group: 'core', kind: 'Service', name, port: 80 };
}

function backend({ name }: App) {
  return { group: '', kind: 'Service', name, port: 80, weight: 1 };
}

/** The status that the policy controller writes of a route that is used. */
function accepted(route: FleetManifest, random: Random): FleetManifest {
  const { parentRefs } = Object(route.spec);
  const lastTransitionTime = timestamp(random);
  const condition = (type: string, reason: string) => ({
    type,
    status: 'True',
    reason,
    message: '',
    lastTransitionTime,
    observedGeneration: route.metadata.generation,
  });
  return {
    ...route,
    status: {
      parents: [
        {
          controllerName: 'linkerd.io/policy-controller',
          parentRef: {
            ...parentRefs[0],
            namespace: route.metadata.namespace,
          },
          conditions: [
            condition('Accepted', 'Accepted'),
            condition('ResolvedRefs', 'ResolvedRefs'),
          ],
        },
      ],
    },
  };
}
