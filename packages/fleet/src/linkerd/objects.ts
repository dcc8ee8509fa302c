import { App } from '../layout';
import { FleetManifest } from '../manifest';
import { serverMetadata } from '../objects/metadata';
import { Random } from '../random';
import { identityOf } from './names';

type Place = Pick<App, 'namespace' | 'name'>;

const POLICY = 'policy.linkerd.io';

export function linkerdObject(
  apiVersion: string,
  kind: string,
  { namespace, name }: Place,
  spec: object,
  random: Random,
): FleetManifest {
  return {
    apiVersion,
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

/** What protects the port of an application: those without a policy of their own take everybody with a proxy. */
export function serverOf(
  app: App,
  how: { proxyProtocol: string; hasPolicy: boolean },
  random: Random,
): FleetManifest {
  return linkerdObject(
    `${POLICY}/v1beta3`,
    'Server',
    app,
    {
      podSelector: { matchLabels: { app: app.name } },
      port: 'http',
      proxyProtocol: how.proxyProtocol,
      ...(!how.hasPolicy && { accessPolicy: 'all-authenticated' }),
    },
    random,
  );
}

/** Who may call what: a Server, a route of one, or all of a namespace. */
export function authorizationPolicyOf(
  place: Place,
  target: { group: string; kind: string; name: string },
  authentication: { kind: string; name: string },
  random: Random,
): FleetManifest {
  return linkerdObject(
    `${POLICY}/v1alpha1`,
    'AuthorizationPolicy',
    place,
    {
      targetRef: target,
      requiredAuthenticationRefs: [{ group: POLICY, ...authentication }],
    },
    random,
  );
}

/** Callers: by their names, or by their ServiceAccounts. */
export function meshTlsAuthenticationOf(
  place: Place,
  callers: readonly App[],
  random: Random,
): FleetManifest {
  return linkerdObject(
    `${POLICY}/v1alpha1`,
    'MeshTLSAuthentication',
    place,
    random.below(2) === 0
      ? { identities: callers.map(identityOf) }
      : {
          identityRefs: callers.map(({ namespace, name }) => ({
            kind: 'ServiceAccount',
            namespace,
            name,
          })),
        },
    random,
  );
}

/** The networks that are let in: those of the nodes, whence probes come. */
export function networkAuthenticationOf(
  place: Place,
  random: Random,
): FleetManifest {
  return linkerdObject(
    `${POLICY}/v1alpha1`,
    'NetworkAuthentication',
    place,
    {
      networks: [
        { cidr: '10.20.0.0/16', except: [`10.20.${random.below(250)}.0/24`] },
      ],
    },
    random,
  );
}

/** What a Service was called by before there were routes: per route a timeout and retries, and a budget. */
export function serviceProfileOf(app: App, random: Random): FleetManifest {
  return linkerdObject(
    'linkerd.io/v1alpha2',
    'ServiceProfile',
    {
      namespace: app.namespace,
      name: `${app.name}.${app.namespace}.svc.cluster.local`,
    },
    {
      routes: [
        {
          name: 'GET /api/items/{id}',
          condition: { method: 'GET', pathRegex: '/api/items/[^/]*' },
          isRetryable: true,
          timeout: `${300 + 100 * random.below(9)}ms`,
        },
        {
          name: 'POST /api/items',
          condition: { method: 'POST', pathRegex: '/api/items' },
          timeout: '5s',
          responseClasses: [
            {
              condition: { status: { min: 500, max: 599 } },
              isFailure: true,
            },
          ],
        },
      ],
      retryBudget: {
        retryRatio: 0.2,
        minRetriesPerSecond: 10,
        ttl: '10s',
      },
    },
    random,
  );
}
