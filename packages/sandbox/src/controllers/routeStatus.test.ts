import { listOf, recordOf } from '../store/values';
import { createTestWorld, definition } from '../world/testWorld';

const GATEWAY = 'gateway.networking.k8s.io';
const BASE = `${definition(GATEWAY, 'HTTPRoute', 'httproutes')}
${definition(GATEWAY, 'GRPCRoute', 'grpcroutes')}
${definition(GATEWAY, 'Gateway', 'gateways')}
${definition(GATEWAY, 'GatewayClass', 'gatewayclasses', 'v1', 'Cluster')}
${definition('policy.linkerd.io', 'Server', 'servers', 'v1beta3')}
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: v1
kind: Namespace
metadata: { name: other, labels: { team: other } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: other }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
---
`;

const ISTIO = `
apiVersion: ${GATEWAY}/v1
kind: GatewayClass
metadata: { name: istio }
spec: { controllerName: istio.io/gateway-controller }
---
apiVersion: ${GATEWAY}/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  gatewayClassName: istio
  listeners:
    - { name: http, port: 80, protocol: HTTP, hostname: '*.example.com' }
    - { name: all, port: 81, protocol: HTTP, allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { team: other } } } } }
---
`;

const LINKERD = `
apiVersion: v1
kind: Namespace
metadata: { name: linkerd }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: linkerd-config, namespace: linkerd }
data: { values: '' }
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: http, namespace: shop }
spec: { podSelector: {}, port: http }
---
apiVersion: v1
kind: Service
metadata: { name: headless, namespace: shop }
spec: { clusterIP: None, selector: { app: cart }, ports: [{ name: http, port: 80 }] }
---
`;

interface RouteOptions {
  namespace?: string;
  hostnames?: string[];
  backends?: object[];
  kind?: string;
}

function route(parent: object, options: RouteOptions = {}): string {
  const {
    namespace = 'shop',
    hostnames,
    backends = [],
    kind = 'HTTPRoute',
  } = options;
  return JSON.stringify({
    apiVersion: `${GATEWAY}/v1`,
    kind,
    metadata: { name: 'route', namespace },
    spec: {
      parentRefs: [parent],
      ...(hostnames && { hostnames }),
      rules: [{ backendRefs: backends }],
    },
  });
}

/** `Accepted=True Accepted` of each condition that the controllers wrote. */
function conditionsOf(
  mesh: string,
  yaml: string,
  namespace = 'shop',
): string[] {
  const world = createTestWorld(BASE + mesh);
  world.apply(yaml);
  expect(world.reports).toEqual([]);
  const status = recordOf(
    world.get('HTTPRoute', namespace, 'route', GATEWAY)?.status,
  );
  return listOf(status.parents).flatMap(parent =>
    listOf(recordOf(parent).conditions).map(condition => {
      const { type, status: value, reason } = recordOf(condition);
      return `${type}=${value} ${reason}`;
    }),
  );
}

const CART = { name: 'cart', port: 80 };
const SERVICE = { group: '', kind: 'Service', name: 'cart' };
const ACCEPTED = 'Accepted=True Accepted';
const RESOLVED = 'ResolvedRefs=True ResolvedRefs';

describe('istio', () => {
  it.each<[string, object, RouteOptions, string[]]>([
    ['a Service', SERVICE, {}, [ACCEPTED, RESOLVED]],
    ['a Service port', { ...SERVICE, port: 80 }, {}, [ACCEPTED, RESOLVED]],
    [
      'a port that it has not',
      { ...SERVICE, port: 81 },
      {},
      ['Accepted=False NoMatchingParent', RESOLVED],
    ],
    [
      'a Service that is gone',
      { ...SERVICE, name: 'gone' },
      {},
      ['Accepted=False NoMatchingParent', RESOLVED],
    ],
    [
      'a backend that is gone',
      SERVICE,
      { backends: [{ name: 'gone', port: 80 }] },
      [ACCEPTED, 'ResolvedRefs=False BackendNotFound'],
    ],
    [
      'a backend of another kind',
      SERVICE,
      { backends: [{ group: 'x', kind: 'Y', name: 'z' }] },
      [ACCEPTED, 'ResolvedRefs=False InvalidKind'],
    ],
    [
      'a Gateway',
      { name: 'edge' },
      { hostnames: ['a.example.com'], backends: [CART] },
      [ACCEPTED, RESOLVED],
    ],
    [
      'another hostname',
      { name: 'edge', sectionName: 'http' },
      { hostnames: ['a.example.org'] },
      ['Accepted=False NoMatchingListenerHostname', RESOLVED],
    ],
    [
      'no such listener',
      { name: 'edge', sectionName: 'https' },
      {},
      ['Accepted=False NoMatchingParent', RESOLVED],
    ],
    [
      'a listener for others',
      { name: 'edge', port: 81 },
      {},
      ['Accepted=False NotAllowedByListeners', RESOLVED],
    ],
    [
      'a backend elsewhere, without a grant',
      { name: 'edge' },
      { backends: [{ ...CART, namespace: 'other' }] },
      [ACCEPTED, 'ResolvedRefs=False RefNotPermitted'],
    ],
    ['a Gateway that is not its own', { name: 'foreign' }, {}, []],
  ])('%s', (_name, parent, options, expected) => {
    expect(conditionsOf(ISTIO, route(parent, options))).toEqual(expected);
  });

  it('lets in the namespaces that the listener selects', () => {
    expect(
      conditionsOf(
        ISTIO,
        route(
          { name: 'edge', namespace: 'shop', port: 81 },
          { namespace: 'other' },
        ),
        'other',
      ),
    ).toEqual([ACCEPTED, RESOLVED]);
  });

  it('deploys a Gateway and writes its address', () => {
    const world = createTestWorld(BASE + ISTIO);
    world.apply(route({ name: 'edge' }));
    expect(world.get('Gateway', 'shop', 'edge', GATEWAY)?.status).toMatchObject(
      {
        addresses: [
          {
            type: 'IPAddress',
            value: recordOf(world.get('Service', 'shop', 'edge-istio')?.spec)
              .clusterIP,
          },
        ],
        listeners: [
          { name: 'http', attachedRoutes: 1 },
          { name: 'all', attachedRoutes: 1 },
        ],
      },
    );
    expect(world.list('Pod', 'shop')).toHaveLength(1);
    world.remove('Gateway', 'shop', 'edge', GATEWAY);
    expect(world.list('Pod', 'shop')).toEqual([]);
  });
});

describe('linkerd', () => {
  const POLICY = { group: 'policy.linkerd.io' };
  it.each<[string, object, RouteOptions, string[]]>([
    ['a Server', { ...POLICY, kind: 'Server', name: 'http' }, {}, [ACCEPTED]],
    [
      'a Server that is gone',
      { ...POLICY, kind: 'Server', name: 'gone' },
      {},
      ['Accepted=False NoMatchingParent'],
    ],
    ['a Service', SERVICE, { backends: [CART] }, [ACCEPTED, RESOLVED]],
    [
      'a Service that is gone',
      { ...SERVICE, name: 'gone' },
      {},
      ['Accepted=False NoMatchingParent', RESOLVED],
    ],
    [
      'a headless Service',
      { ...SERVICE, name: 'headless' },
      {},
      ['Accepted=False NoMatchingParent', RESOLVED],
    ],
    [
      'a backend that is gone',
      SERVICE,
      { backends: [{ name: 'gone', port: 80 }] },
      [ACCEPTED, 'ResolvedRefs=False BackendNotFound'],
    ],
    [
      'a backend elsewhere',
      SERVICE,
      { backends: [{ ...CART, namespace: 'other' }] },
      [ACCEPTED, RESOLVED],
    ],
    ['a Gateway', { name: 'edge' }, {}, []],
  ])('%s', (_name, parent, options, expected) => {
    expect(conditionsOf(LINKERD, route(parent, options))).toEqual(expected);
  });

  it('prefers a GRPCRoute of the same parent', () => {
    expect(
      conditionsOf(
        LINKERD,
        `${route(SERVICE)}\n---\n${route(SERVICE, { kind: 'GRPCRoute' })}`,
      ),
    ).toEqual(['Accepted=False RouteReasonConflicted', RESOLVED]);
  });
});

it('keeps the time of a condition while its status stays', () => {
  let time = Date.UTC(2026, 0, 1);
  const world = createTestWorld(BASE + LINKERD, () => time);
  world.apply(route({ ...SERVICE, name: 'late' }));
  const accepted = () =>
    recordOf(
      listOf(
        recordOf(
          listOf(
            recordOf(world.get('HTTPRoute', 'shop', 'route', GATEWAY)?.status)
              .parents,
          )[0],
        ).conditions,
      )[0],
    );
  const since = accepted().lastTransitionTime;
  time += 60_000;
  world.apply('{ apiVersion: v1, kind: Namespace, metadata: { name: third } }');
  expect(accepted()).toMatchObject({
    status: 'False',
    lastTransitionTime: since,
  });
  world.apply(`
apiVersion: v1
kind: Service
metadata: { name: late, namespace: shop }
spec: { selector: { app: cart }, ports: [{ port: 80 }] }
`);
  expect(accepted()).toMatchObject({ status: 'True' });
  expect(accepted().lastTransitionTime).not.toBe(since);
});
