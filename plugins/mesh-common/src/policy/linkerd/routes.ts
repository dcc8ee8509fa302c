import { Manifest, manifest, metadataOf, PolicyTask } from '../manifest';

/** Where the kubelet's probes may come from: the chart's own default, since nodes have no identity. */
const PROBE_NETWORKS = [{ cidr: '0.0.0.0/0' }, { cidr: '::/0' }];

/** What the kubelet asks of a gRPC service. */
const GRPC_HEALTH = '/grpc.health.v1.Health/Check';

type Match = { path: { type: string; value: string }; method?: string };

/**
 * The routes of the port: all requests, which are the callers', and the probes, which anybody may ask without
 * an identity. The first route of a Server takes away the probes that Linkerd lets in by itself, and requests
 * that no route matches get 404; hence both. An opaque port has no routes.
 */
export function routes(task: PolicyTask): Manifest[] {
  if (task.intent.protocol === 'tcp') {
    return [];
  }
  const requests = route(
    task,
    '',
    [{ path: { type: 'PathPrefix', value: '/' } }],
    'All requests to the port',
  );
  const matches = probeMatches(task);
  return matches.length === 0
    ? [requests]
    : [
        requests,
        route(
          task,
          '-probes',
          matches,
          'The probes of the kubelet: the first route of a Server takes away those that Linkerd lets in by itself',
        ),
        ...probeAuthorization(task),
      ];
}

function probeMatches({ intent }: PolicyTask): Match[] {
  if (intent.protocol === 'grpc') {
    return [{ path: { type: 'Exact', value: GRPC_HEALTH }, method: 'POST' }];
  }
  return [...new Set(intent.probes)].map(value => ({
    path: { type: 'Exact', value },
    method: 'GET',
  }));
}

function route(
  task: PolicyTask,
  suffix: string,
  matches: readonly Match[],
  purpose: string,
): Manifest {
  return manifest(
    {
      apiVersion: 'policy.linkerd.io/v1beta3',
      kind: 'HTTPRoute',
      metadata: metadataOf(task, suffix),
      spec: {
        parentRefs: [
          {
            group: 'policy.linkerd.io',
            kind: 'Server',
            name: task.intent.name,
          },
        ],
        rules: [{ matches }],
      },
    },
    purpose,
    ['trafficRules'],
  );
}

function probeAuthorization(task: PolicyTask): Manifest[] {
  const metadata = metadataOf(task, '-probes');
  return [
    manifest(
      {
        apiVersion: 'policy.linkerd.io/v1alpha1',
        kind: 'NetworkAuthentication',
        metadata,
        spec: { networks: PROBE_NETWORKS },
      },
      'Where probes may come from: the kubelet has no identity in the mesh',
    ),
    manifest(
      {
        apiVersion: 'policy.linkerd.io/v1alpha1',
        kind: 'AuthorizationPolicy',
        metadata,
        spec: {
          targetRef: {
            group: 'policy.linkerd.io',
            kind: 'HTTPRoute',
            name: metadata.name,
          },
          requiredAuthenticationRefs: [
            {
              group: 'policy.linkerd.io',
              kind: 'NetworkAuthentication',
              name: metadata.name,
            },
          ],
        },
      },
      'Lets the probes in without an identity, to their paths only',
    ),
  ];
}
