import { App } from '../layout';
import { FleetManifest } from '../manifest';
import { Random } from '../random';
import { serverMetadata } from '../objects/metadata';

function istioObject(
  group: 'networking' | 'security',
  kind: string,
  { namespace, name }: { namespace: string; name: string },
  spec: object,
  random: Random,
): FleetManifest {
  return {
    apiVersion: `${group}.istio.io/v1`,
    kind,
    metadata: {
      name,
      namespace,
      ...serverMetadata(random),
      generation: 1 + random.below(9),
      labels: { 'app.kubernetes.io/managed-by': 'Helm' },
    },
    spec,
  };
}

/** The routes of an application: with subsets a canary by header and by weight, else timeouts and retries alone. */
export function virtualServiceOf(
  app: App,
  gateway: string | undefined,
  random: Random,
): FleetManifest {
  const host = `${app.name}.${app.namespace}.svc.cluster.local`;
  const to = (subset: string, weight?: number) => ({
    destination: {
      host,
      port: { number: 80 },
      ...(app.hasSubsets && { subset }),
    },
    ...(weight !== undefined && { weight }),
  });
  const canary = random.below(50);
  return istioObject(
    'networking',
    'VirtualService',
    app,
    {
      hosts: [host, ...(gateway ? [publicHost(app)] : [])],
      ...(gateway && { gateways: [gateway, 'mesh'] }),
      http: [
        ...(app.hasSubsets
          ? [
              {
                name: 'testers',
                match: [{ headers: { 'x-canary': { exact: 'always' } } }],
                route: [to('v2')],
              },
            ]
          : []),
        {
          name: 'reads',
          match: [{ uri: { prefix: '/api/' }, method: { exact: 'GET' } }],
          retries: {
            attempts: 2,
            perTryTimeout: '2s',
            retryOn: 'connect-failure,refused-stream,unavailable,503',
          },
          timeout: `${5 + random.below(10)}s`,
          route: app.hasSubsets
            ? [to('v1', 100 - canary), to('v2', canary)]
            : [to('')],
        },
        { name: 'rest', timeout: '30s', route: [to('v1')] },
      ],
    },
    random,
  );
}

/** The subsets of an application, and when a proxy stops asking one of its pods. */
export function destinationRuleOf(app: App, random: Random): FleetManifest {
  return istioObject(
    'networking',
    'DestinationRule',
    app,
    {
      host: `${app.name}.${app.namespace}.svc.cluster.local`,
      trafficPolicy: {
        connectionPool: {
          tcp: { maxConnections: 100 * (1 + random.below(9)) },
          http: { http2MaxRequests: 1000, maxRequestsPerConnection: 0 },
        },
        outlierDetection: {
          consecutive5xxErrors: 5 + random.below(5),
          interval: '30s',
          baseEjectionTime: '30s',
          maxEjectionPercent: 50,
        },
      },
      subsets: ['v1', 'v2'].map(version => ({
        name: version,
        labels: { version },
      })),
    },
    random,
  );
}

/** Who may call an application: callers by identity, and its metrics for everybody. */
export function authorizationPolicyOf(
  app: App,
  callers: readonly App[],
  random: Random,
): FleetManifest {
  return istioObject(
    'security',
    'AuthorizationPolicy',
    app,
    {
      selector: { matchLabels: { app: app.name } },
      action: 'ALLOW',
      rules: [
        {
          from: [{ source: { principals: callers.map(identityOf) } }],
          to: [{ operation: { methods: ['GET', 'POST'], paths: ['/api/*'] } }],
        },
        { to: [{ operation: { ports: ['9090'], methods: ['GET'] } }] },
      ],
    },
    random,
  );
}

/** Whether a namespace takes plaintext. */
export function namespacePeerAuthentication(
  namespace: string,
  random: Random,
): FleetManifest {
  return istioObject(
    'security',
    'PeerAuthentication',
    { namespace, name: 'default' },
    { mtls: { mode: random.below(4) === 0 ? 'PERMISSIVE' : 'STRICT' } },
    random,
  );
}

/** What an application takes, and its port of metrics. */
export function appPeerAuthentication(app: App, random: Random): FleetManifest {
  return istioObject(
    'security',
    'PeerAuthentication',
    app,
    {
      selector: { matchLabels: { app: app.name } },
      mtls: { mode: 'STRICT' },
      portLevelMtls: { 9090: { mode: 'PERMISSIVE' } },
    },
    random,
  );
}

/** The gateway by which an application is known outside. */
export function gatewayOf(app: App, random: Random): FleetManifest {
  return istioObject(
    'networking',
    'Gateway',
    app,
    {
      selector: { istio: 'ingressgateway' },
      servers: [
        {
          port: { number: 80, name: 'http', protocol: 'HTTP' },
          hosts: [publicHost(app)],
        },
      ],
    },
    random,
  );
}

/** A service outside the mesh that an application calls. */
export function serviceEntryOf(
  app: App,
  index: number,
  random: Random,
): FleetManifest {
  return istioObject(
    'networking',
    'ServiceEntry',
    { namespace: app.namespace, name: `partner-${index + 1}` },
    {
      hosts: [`api-${index + 1}.partner.example.net`],
      exportTo: ['.'],
      location: 'MESH_EXTERNAL',
      resolution: 'DNS',
      ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
    },
    random,
  );
}

/** The host name that only the world outside knows the application by. */
function publicHost({ namespace, name }: App): string {
  return `${name}.${namespace}.fleet.example.com`;
}

function identityOf({ namespace, name }: App): string {
  return `cluster.local/ns/${namespace}/sa/${name}`;
}
