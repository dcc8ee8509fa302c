import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { clusterOf } from '../__testUtils__/cluster';
import { ALL_ROUTE_KINDS, AnyLinkerdRoute } from '../linkerdRoutes';
import { routeStatus } from './routeStatus';

const WORLD = `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { clusterIP: 10.9.0.1, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: bare, namespace: shop }
spec: { clusterIP: None, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: away, namespace: shop }
spec: { type: ExternalName, externalName: away.example, ports: [] }
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart-http, namespace: shop }
spec: { podSelector: {}, port: 8080 }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata: { name: internet, namespace: shop }
spec: { trafficPolicy: Allow }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata: { name: overlapping, namespace: shop }
spec: { trafficPolicy: Allow, networks: [{ cidr: 10.2.0.0/16 }] }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata: { name: refused, namespace: shop }
spec: { trafficPolicy: Allow }
status: { conditions: [{ type: Accepted, status: 'False' }] }
`;

const SERVICE = '{ group: "", kind: Service, name: cart }';
const ROUTE_VERSIONS: Readonly<Record<string, string>> = {
  HTTPRoute: 'gateway.networking.k8s.io/v1',
  GRPCRoute: 'gateway.networking.k8s.io/v1',
  TLSRoute: 'gateway.networking.k8s.io/v1alpha2',
  TCPRoute: 'gateway.networking.k8s.io/v1alpha2',
};

interface RouteOptions {
  kind?: string;
  version?: string;
  namespace?: string;
  parents?: string;
  backends?: string;
}

function routeYaml(name: string, options: RouteOptions = {}): string {
  const {
    kind = 'HTTPRoute',
    version = ROUTE_VERSIONS[kind],
    namespace = 'shop',
    parents = SERVICE,
    backends = '',
  } = options;
  return `
---
apiVersion: ${version}
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  parentRefs: [${parents}]
  rules: [{ backendRefs: [${backends}] }]
`;
}

function routeNamed(snapshot: MeshSnapshot, name: string): AnyLinkerdRoute {
  for (const kind of ALL_ROUTE_KINDS) {
    for (const route of snapshot.list(kind)) {
      if (route.metadata.name === name) {
        // The kind is the one that the route was found under.
        return { kind, route } as AnyLinkerdRoute;
      }
    }
  }
  throw new Error(`There is no route ${name}`);
}

function statusOf(
  options: RouteOptions,
  others = '',
): ReturnType<typeof routeStatus> {
  const snapshot = clusterOf(WORLD + others + routeYaml('asked', options), {
    origin: 'files',
  });
  return routeStatus(snapshot, routeNamed(snapshot, 'asked'));
}

/** `Accepted=True Accepted; ResolvedRefs=...` of the only parent. */
function words(options: RouteOptions, others?: string): string {
  const [status] = statusOf(options, others);
  return (status?.conditions ?? [])
    .map(({ type, status: value, reason, message }) =>
      [`${type}=${value}`, reason, message && `"${message}"`]
        .filter(Boolean)
        .join(' '),
    )
    .join('; ');
}

const RESOLVED = 'ResolvedRefs=True ResolvedRefs';

describe('parents', () => {
  it.each<[what: string, parents: string, expected: string]>([
    ['a Service', SERVICE, `Accepted=True Accepted; ${RESOLVED}`],
    [
      'the core group by its name, in any case',
      '{ group: Core, kind: service, name: cart }',
      `Accepted=True Accepted; ${RESOLVED}`,
    ],
    [
      'a Service that does not exist',
      '{ group: "", kind: Service, name: gone }',
      `Accepted=False NoMatchingParent; ${RESOLVED}`,
    ],
    [
      'a Service of another namespace, where it is not',
      '{ group: "", kind: Service, name: cart, namespace: web }',
      `Accepted=False NoMatchingParent; ${RESOLVED}`,
    ],
    [
      'a headless Service',
      '{ group: "", kind: Service, name: bare }',
      `Accepted=False NoMatchingParent "parent service must have a ClusterIP"; ${RESOLVED}`,
    ],
    [
      'an external name',
      '{ group: "", kind: Service, name: away }',
      `Accepted=False NoMatchingParent "parent service must have a ClusterIP"; ${RESOLVED}`,
    ],
    [
      'a Server, of which backends do not matter',
      '{ group: policy.linkerd.io, kind: Server, name: cart-http }',
      'Accepted=True Accepted',
    ],
    [
      'a Server that does not exist',
      '{ group: policy.linkerd.io, kind: Server, name: gone }',
      'Accepted=False NoMatchingParent',
    ],
    [
      'an EgressNetwork',
      '{ group: policy.linkerd.io, kind: EgressNetwork, name: internet, port: 80 }',
      `Accepted=True Accepted; ${RESOLVED}`,
    ],
    [
      'an EgressNetwork that does not exist',
      '{ group: policy.linkerd.io, kind: EgressNetwork, name: gone, port: 80 }',
      `Accepted=False NoMatchingParent; ${RESOLVED}`,
    ],
    [
      'an EgressNetwork that would not be accepted',
      '{ group: policy.linkerd.io, kind: EgressNetwork, name: overlapping, port: 80 }',
      `Accepted=False NoMatchingParent "EgressNetwork parent has not been accepted"; ${RESOLVED}`,
    ],
    [
      'an EgressNetwork that was not accepted',
      '{ group: policy.linkerd.io, kind: EgressNetwork, name: refused, port: 80 }',
      `Accepted=False NoMatchingParent "EgressNetwork parent has not been accepted"; ${RESOLVED}`,
    ],
  ])('%s', (_, parents, expected) => {
    expect(words({ parents })).toBe(expected);
  });

  it('says nothing of parents that are not for Linkerd', () => {
    expect(
      statusOf({
        parents: '{ name: gate }, { kind: Service, name: cart }',
      }),
    ).toEqual([]);
  });

  it("takes the group of Linkerd's own routes for granted", () => {
    const version = 'policy.linkerd.io/v1beta3';
    expect(
      words({ version, parents: '{ kind: Server, name: cart-http }' }),
    ).toBe('Accepted=True Accepted');
    expect(
      statusOf({ version, parents: '{ kind: Service, name: cart }' }),
    ).toEqual([]);
  });

  it('writes each of them, in order, without what it does not read', () => {
    const parents = [
      '{ group: policy.linkerd.io, kind: Server, name: cart-http, port: 8080 }',
      '{ group: "", kind: Service, name: cart, port: 80, sectionName: http }',
    ].join(', ');
    expect(statusOf({ parents }).map(({ parentRef }) => parentRef)).toEqual([
      {
        group: 'policy.linkerd.io',
        kind: 'Server',
        namespace: 'shop',
        name: 'cart-http',
      },
      {
        group: 'core',
        kind: 'Service',
        namespace: 'shop',
        name: 'cart',
        port: 80,
      },
    ]);
  });
});

describe('backends', () => {
  const MISSING = 'ResolvedRefs=False BackendNotFound';
  const INVALID = 'ResolvedRefs=False InvalidKind';
  const OTHER_NETWORK = `${INVALID} "EgressNetwork backend needs to be on a route that has an EgressNetwork parent"`;
  const NETWORK =
    '{ group: policy.linkerd.io, kind: EgressNetwork, name: internet, port: 80 }';

  it.each<[what: string, backends: string, expected: string, parents?: string]>(
    [
      ['a Service', '{ name: cart, port: 80 }', RESOLVED],
      [
        'a Service without the port, or without any',
        '{ name: cart, port: 81 }, { name: cart }',
        RESOLVED,
      ],
      ['a Service that does not exist', '{ name: gone, port: 80 }', MISSING],
      [
        'a Service of another namespace, where it is not',
        '{ name: cart, namespace: web, port: 80 }',
        MISSING,
      ],
      [
        'another kind',
        '{ group: example.com, kind: Ship, name: cart, port: 80 }',
        INVALID,
      ],
      [
        'the first that cannot be used decides',
        '{ name: cart, port: 80 }, { name: gone, port: 80 }, { kind: Ship, name: x }',
        MISSING,
      ],
      ['an EgressNetwork on a Service', NETWORK, OTHER_NETWORK],
      ['the EgressNetwork itself', NETWORK, RESOLVED, NETWORK],
      [
        'an EgressNetwork that does not exist',
        '{ group: policy.linkerd.io, kind: EgressNetwork, name: gone }',
        MISSING,
        NETWORK,
      ],
      [
        'another EgressNetwork',
        '{ group: policy.linkerd.io, kind: EgressNetwork, name: overlapping }',
        OTHER_NETWORK,
        NETWORK,
      ],
    ],
  )('%s', (_, backends, expected, parents = SERVICE) => {
    expect(words({ backends, parents })).toBe(
      `Accepted=True Accepted; ${expected}`,
    );
  });
});

describe('routes of several kinds on one parent', () => {
  const CONFLICT = 'Accepted=False RouteReasonConflicted';
  const PORT_80 =
    '{ group: "", kind: Service, name: cart, namespace: shop, port: 80 }';

  it.each<[kind: string, other: string, conflict: boolean]>([
    ['GRPCRoute', 'HTTPRoute', false],
    ['HTTPRoute', 'GRPCRoute', true],
    ['HTTPRoute', 'HTTPRoute', false],
    ['HTTPRoute', 'TLSRoute', false],
    ['TLSRoute', 'GRPCRoute', true],
    ['TLSRoute', 'HTTPRoute', true],
    ['TLSRoute', 'TCPRoute', false],
    ['TCPRoute', 'GRPCRoute', true],
    ['TCPRoute', 'HTTPRoute', true],
    ['TCPRoute', 'TLSRoute', true],
    ['TCPRoute', 'TCPRoute', false],
  ])('a %s beside a %s', (kind, other, conflict) => {
    const [accepted] = words(
      { kind },
      routeYaml('other', {
        kind: other,
        namespace: 'web',
        parents: '{ group: core, kind: Service, name: cart, namespace: shop }',
      }),
    ).split('; ');
    expect(accepted).toBe(conflict ? CONFLICT : 'Accepted=True Accepted');
  });

  it("counts Linkerd's own HTTPRoutes", () => {
    const other = routeYaml('other', { version: 'policy.linkerd.io/v1beta3' });
    expect(words({ kind: 'TLSRoute' }, other)).toContain(CONFLICT);
  });

  it('compares ports', () => {
    const other = routeYaml('other', { kind: 'GRPCRoute', parents: PORT_80 });
    expect(words({ parents: PORT_80 }, other)).toContain(CONFLICT);
    expect(words({ parents: SERVICE }, other)).not.toContain(CONFLICT);
  });

  it('compares groups', () => {
    const other = routeYaml('other', {
      kind: 'GRPCRoute',
      parents: '{ group: apps, kind: Service, name: cart }',
    });
    expect(words({}, other)).not.toContain(CONFLICT);
  });

  it('does not read the ports of Servers', () => {
    const server = (rest: string) =>
      `{ group: policy.linkerd.io, kind: Server, name: cart-http${rest} }`;
    const other = routeYaml('other', {
      kind: 'GRPCRoute',
      parents: server(', port: 8080'),
    });
    expect(words({ parents: server('') }, other)).toBe(CONFLICT);
  });

  it('says which route wins', () => {
    const [{ conditions }] = statusOf(
      {},
      routeYaml('zebra', { kind: 'GRPCRoute' }) +
        routeYaml('ape', { kind: 'GRPCRoute' }),
    );
    expect(conditions[0].why).toBe(
      'GRPCRoute shop/ape has the same parent, and GRPCRoutes win over HTTPRoutes',
    );
  });
});
