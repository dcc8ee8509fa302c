import {
  allowedCall,
  Answer,
  because,
  deniedCall,
  KindId,
  MeshAdapter,
  MeshSnapshot,
  namespaceOf,
  Pod,
  Reason,
  Sends,
  unreadInput,
  WalkStep,
  Workload,
  workloadNamed,
  workloadOfPod,
  WorkloadRef,
} from 'backstage-plugin-mesh-common';

const PEER_AUTHENTICATION: KindId = 'security.istio.io/PeerAuthentication';

/*
 * A mesh with just enough rules that its answers depend on the objects that tests write: the PeerAuthentication
 * `default` of a namespace decides what is accepted, a DestinationRule `plain` of the client's what it sends,
 * an AuthorizationPolicy named like the workload who is named, and a VirtualService named like the Service
 * where requests go.
 */
export const fakeMesh: MeshAdapter = {
  id: 'fake',
  title: 'Fake',
  kinds: [PEER_AUTHENTICATION],

  clusterMesh: snapshot =>
    snapshot.get('Namespace', undefined, 'fake-system') && {
      mesh: 'fake',
      title: 'Fake',
      controlPlanes: [
        { namespace: 'fake-system', version: '1.0.0', ready: 1, replicas: 1 },
      ],
      proxies: [],
    },

  readiness: {
    limitsConnections: true,
    controlPlane: snapshot => [
      ...snapshot.list('apps/Deployment', 'fake-system'),
    ],
    callers: snapshot => {
      const policies = snapshot.list('security.istio.io/AuthorizationPolicy');
      return {
        value: [...policies].length > 0 ? 'restricted' : 'open',
        reasons: [],
      };
    },
  },

  isProxy: ({ name }) => name === 'fake-proxy',

  enrolment(_, pod) {
    const mode: Answer<'sidecar' | 'none'> = {
      value: pod.spec.containers.some(({ name }) => name === 'fake-proxy')
        ? 'sidecar'
        : 'none',
      reasons: [{ rule: 'fake/enrolment', text: 'By its containers' }],
    };
    return { mode, expected: mode };
  },

  identity: (_, pod) => identityOf(pod),

  accepts(snapshot, pod) {
    const namespace = namespaceOf(pod);
    const unread = unreadInput(snapshot, 'fake/accepts', {
      optional: [PEER_AUTHENTICATION],
      namespaces: [namespace],
    });
    if (unread) {
      return { protocol: 'http', accepts: unread };
    }
    const policy = snapshot.get(PEER_AUTHENTICATION, namespace, 'default');
    const mode = policy?.spec?.mtls?.mode ?? 'PERMISSIVE';
    return {
      protocol: 'http',
      accepts: {
        value: mode === 'STRICT' ? 'mtls-only' : 'mtls-or-plaintext',
        term: mode,
        reasons: [
          because(
            'fake/accepts',
            `The mode is ${mode}`,
            policy && {
              snapshot,
              kind: PEER_AUTHENTICATION,
              object: policy,
              field: 'spec.mtls.mode',
            },
          ),
        ],
      },
    };
  },

  sends(snapshot, client): Answer<Sends> {
    const rule =
      client.namespace &&
      snapshot.get(
        'networking.istio.io/DestinationRule',
        client.namespace,
        'plain',
      );
    return rule
      ? {
          value: 'plaintext',
          reasons: [
            because(
              'fake/sends',
              `The rule of ${client.namespace} switches mutual TLS off`,
              {
                snapshot,
                kind: 'networking.istio.io/DestinationRule',
                object: rule,
                field: 'spec.trafficPolicy.tls.mode',
              },
            ),
          ],
        }
      : {
          value: 'mtls',
          reasons: [{ rule: 'fake/sends', text: 'Both have proxies' }],
        };
  },

  routes(snapshot, service, seenFrom) {
    const namespace = namespaceOf(service);
    const virtualService = snapshot.get(
      'networking.istio.io/VirtualService',
      namespace,
      service.metadata.name,
    );
    const reasons: Reason[] = virtualService
      ? [
          because('fake/routes', `As seen from ${seenFrom.namespace}`, {
            snapshot,
            kind: 'networking.istio.io/VirtualService',
            object: virtualService,
          }),
        ]
      : [];
    const elsewhere = snapshot.get(
      'networking.istio.io/VirtualService',
      seenFrom.namespace,
      'from-here',
    );
    return {
      host: `${service.metadata.name}.${namespace}.svc.cluster.local`,
      ports: service.spec.ports.map(({ port }) => ({
        port,
        protocol: { value: 'http', reasons: [] },
        routing: { value: virtualService ? 'rules' : 'service', reasons },
        rules: virtualService
          ? [
              {
                name: `VirtualService ${namespace}/${service.metadata.name} http[0]`,
                matches: [],
                action: 'forward',
                backends: [{ host: service.metadata.name, percent: 100 }],
                mirrors: [],
                headers: [],
                reasons,
              },
            ]
          : [],
        destinations: [],
        ignored: elsewhere
          ? [
              because('fake/routes', 'It has no effect', {
                snapshot,
                kind: 'networking.istio.io/VirtualService',
                object: elsewhere,
              }),
            ]
          : [],
      })),
    };
  },

  /** The first ServiceEntry of a namespace has the hosts of all its workloads. */
  hostRoutes(snapshot, of, from) {
    const namespace =
      'workload' in of ? of.workload.ref.namespace : of.namespace ?? '';
    const seenFrom = from ?? { namespace };
    const [entry] = snapshot.list(
      'networking.istio.io/ServiceEntry',
      namespace,
    );
    return (entry?.spec?.hosts ?? []).map(host => ({
      service: {
        cluster: snapshot.cluster,
        namespace,
        name: host,
        kind: 'Hostname' as const,
      },
      host,
      seenFrom,
      ports: [
        {
          port: 8080,
          protocol: { value: 'http', reasons: [] },
          routing: {
            value: 'rules',
            reasons: [
              because('fake/routes', `As seen from ${seenFrom.namespace}`, {
                snapshot,
                kind: 'networking.istio.io/ServiceEntry',
                object: entry,
              }),
            ],
          },
          rules: [],
          destinations: [],
          ignored: [],
        },
      ],
    }));
  },
  walk(snapshot, request) {
    const [name, namespace] = request.host.split('.');
    const workload = workloadNamed(snapshot, namespace, name);
    if (!workload) {
      throw new TypeError(`There is no workload ${request.host}`);
    }
    const [pod] = workload.pods;
    const [rule] = fakeMesh.authorization(snapshot, pod, 8080, 'sidecar').rules;
    const outcome = request.method === 'GET' ? 'delivered' : 'denied';
    const step: WalkStep = {
      step: 'authorization',
      result: outcome === 'denied' ? 'ends' : 'ok',
      text: rule.reason.text,
      reasons: [rule.reason],
    };
    return {
      request,
      mesh: 'fake',
      outcome: { value: outcome, reasons: [rule.reason] },
      steps: [],
      branches: [
        {
          percent: 100,
          workloads: [
            workload.ref,
            // One that the reader may not see, where the path asks for it.
            ...(request.path === '/other'
              ? [{ ...workload.ref, namespace: 'vault', name: 'secret' }]
              : []),
          ],
          sends: 'mtls',
          outcome,
          steps: [step],
        },
      ],
      mirrors: [],
      summary: `${outcome}: ${rule.reason.text}`,
    };
  },

  authorization(snapshot, pod) {
    const { name } = workloadOfPod(snapshot, pod).ref;
    const policy = snapshot.get(
      'security.istio.io/AuthorizationPolicy',
      namespaceOf(pod),
      name,
    );
    const principals = (policy?.spec?.rules ?? [])
      .flatMap(rule => rule.from ?? [])
      .flatMap(({ source }) => source?.principals ?? []);
    const reason = because(
      'fake/authorization',
      policy ? `It lets in ${principals.join(', ')}` : 'There is no policy',
      policy && {
        snapshot,
        kind: 'security.istio.io/AuthorizationPolicy',
        object: policy,
        field: 'spec.rules',
      },
    );
    return {
      rules: policy
        ? [
            {
              effect: 'allow',
              term: 'ALLOW',
              state: 'enforced',
              from: [
                [{ subject: 'identity', operator: 'in', values: principals }],
              ],
              requests: [[]],
              reason,
            },
          ]
        : [],
      decide: ({ peer }) =>
        !policy ||
        (peer.type === 'identity' && principals.includes(peer.identity))
          ? allowedCall([reason])
          : deniedCall([reason]),
    };
  },

  allowedIdentities(snapshot, workload) {
    const policy = snapshot.get(
      'security.istio.io/AuthorizationPolicy',
      workload.ref.namespace,
      workload.ref.name,
    );
    return (policy?.spec?.rules ?? [])
      .flatMap(rule => rule.from ?? [])
      .flatMap(({ source }) => source?.principals ?? [])
      .map(identity => ({
        identity,
        reason: { rule: 'fake/allowed', text: 'It is named' },
      }));
  },

  workloadsWithIdentity(snapshot, identity) {
    const [namespace] = identity.split('/');
    const found = new Set<Workload>();
    for (const pod of snapshot.list('Pod', namespace)) {
      if (identityOf(pod) === identity) {
        found.add(workloadOfPod(snapshot, pod));
      }
    }
    return [...found];
  },

  inboundTraffic(snapshot, workloads, { windowSeconds, matchers }) {
    const names = workloads.map(({ name }) => name).join();
    return {
      expressions: {
        requests: `inbound(${names},${windowSeconds},${JSON.stringify(
          matchers,
        )})`,
      },
      read: ({ requests }) =>
        workloads.map(workload => ({
          workload,
          level: 'workload',
          callers: requests
            .filter(({ labels }) => labels.destination === workload.name)
            .map(({ labels, value }) => ({
              ...callerOf(snapshot, labels),
              traffic: {
                unit: 'requests',
                mtls: labels.identity ? value : 0,
                plaintext: labels.identity ? 0 : value,
                unknown: 0,
              },
            })),
        })),
    };
  },

  serviceTraffic(snapshot, services, { windowSeconds }) {
    const names = services.map(({ name }) => name).join();
    return {
      expressions: { requests: `services(${names},${windowSeconds})` },
      read: ({ requests }) =>
        services.map(service => ({
          service,
          flows: requests.map(({ labels, value }) => ({
            ...(labels.source && {
              caller: workloadAt(snapshot, labels.namespace, labels.source),
            }),
            workload: workloadAt(
              snapshot,
              service.namespace,
              labels.destination,
            ),
            requests: value,
          })),
        })),
    };
  },
};

function callerOf(
  snapshot: MeshSnapshot,
  labels: Readonly<Record<string, string>>,
): { workload?: WorkloadRef; identity?: string } {
  const workload =
    labels.source && workloadAt(snapshot, labels.namespace, labels.source);
  return {
    ...(workload && { workload }),
    ...(labels.identity && { identity: labels.identity }),
  };
}

function workloadAt(
  snapshot: MeshSnapshot,
  namespace: string,
  name: string,
): WorkloadRef {
  return (
    workloadNamed(snapshot, namespace, name)?.ref ?? {
      cluster: snapshot.cluster,
      namespace,
      kind: 'Deployment',
      name,
    }
  );
}

function identityOf(pod: Pod): string {
  return `${namespaceOf(pod)}/${pod.spec.serviceAccountName ?? 'default'}`;
}
